using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bench.Inference.OnnxRuntime.TensorRT;

/// <summary>A folder for the engine of one network, named by everything that the engine depends on.</summary>
internal sealed class EngineCache
{
    private const string BuiltFile = "built.txt";

    /// <param name="root">The folder for all engines.</param>
    /// <param name="key">GPU, versions, network, precision: an engine is good for exactly these.</param>
    public EngineCache(string root, IReadOnlyList<string> key)
    {
        var text = string.Join('\n', key);
        Folder = Path.Combine(root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]);
    }

    /// <summary>Where the engine lies.</summary>
    public string Folder { get; }

    /// <summary>Builds the engine, unless it is there.</summary>
    /// <param name="build">Builds it; only a build that was finished counts.</param>
    /// <returns>How long the build took, now or when it was made.</returns>
    public TimeSpan Build(Action build)
    {
        var built = Path.Combine(Folder, BuiltFile);
        if (File.Exists(built) && double.TryParse(File.ReadAllText(built), CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        // What a build that was cut short left behind must not be taken for an engine.
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.CreateDirectory(Folder);
        var clock = Stopwatch.StartNew();
        build();
        var elapsed = clock.Elapsed;
        File.WriteAllText(built, elapsed.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        return elapsed;
    }
}
