using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Tuning;

/// <summary>The folders of a search: what is confirmed is a run like any other; what it was found with lies within, where nobody takes it
/// for a result.</summary>
/// <param name="Confirmed">Fresh launches of what was chosen and of what it is compared with.</param>
internal sealed record TuneFolders(RunFolder Confirmed)
{
    /// <summary>Short launches of all configurations.</summary>
    public RunFolder Search { get; } = new(Confirmed.SearchPath);

    /// <summary>One launch of every precision of every engine, with all evaluation images.</summary>
    public RunFolder Quality { get; } = new(Path.Combine(Confirmed.SearchPath, "quality"));

    /// <summary>The settings as code.</summary>
    public string Settings => Confirmed.SettingsPath;

    /// <summary>Makes the folders; those that are there are left as they are.</summary>
    /// <exception cref="IOException">They cannot be made.</exception>
    public void Create()
    {
        foreach (var folder in new[] { Confirmed, Search, Quality })
        {
            Directory.CreateDirectory(folder.BenchmarkDotNetPath);
            Directory.CreateDirectory(folder.WorkPath);
        }
    }
}
