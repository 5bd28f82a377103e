using Bench.Benchmarks.Processes;

namespace Bench.Benchmarks.Fleets;

/// <summary>A folder of one attempt for what is derived of networks. Workers share the program's folder, and engines built on one node are
/// not those of another; half of a file that another worker writes must never be read.</summary>
internal sealed class OwnCache : IDisposable
{
    /// <summary>Makes it.</summary>
    /// <param name="path">Where.</param>
    public OwnCache(string path) => Path = Directory.CreateDirectory(path).FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Removes it; where it cannot be, space is lost, and nothing reads it again.</summary>
    public void Dispose() => TemporaryFiles.TryDelete(new DirectoryInfo(Path));
}
