using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bench.Inference.NativeRuntimes;

namespace Bench.Inference.OnnxRuntime;

/// <summary>A folder for one build of the engine of one network, named by everything that the engine depends on.</summary>
/// <remarks>Builds choose kernels by timing them, so that no two need be the same: each has its folder, and its own timing cache there.
/// </remarks>
internal sealed class EngineCache
{
    private const string BuiltFile = "built.txt";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="root">The folder for all engines.</param>
    /// <param name="key">GPU, versions, network, precision, options: an engine is good for exactly these.</param>
    /// <param name="build">The number of the build, from 1.</param>
    public EngineCache(string root, IReadOnlyList<string> key, int build)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', key))))[..16];
        Folder = Path.Combine(root, name, build.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Where the engine lies.</summary>
    public string Folder { get; }

    /// <summary>Whether a build came to its end.</summary>
    public bool IsBuilt => File.Exists(Path.Combine(Folder, BuiltFile));

    /// <summary>SHA-256 in lower-case hex of the engine's file; of several, of their hashes in the order of their names; null if there is
    /// none.</summary>
    /// <param name="files">Which files it has.</param>
    public string? Sha256(string files = "*.engine")
    {
        var hashes = Directory.Exists(Folder)
            ? Directory.GetFiles(Folder, files).Order(StringComparer.Ordinal).Select(FileHash.Sha256).ToList()
            : [];
        return hashes.Count <= 1
            ? hashes.FirstOrDefault()
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', hashes))));
    }

    /// <summary>Builds the engine, unless it is there. Of processes that need the same one, one builds it, and the others wait.</summary>
    /// <param name="build">Builds it; only a build that was finished counts.</param>
    /// <returns>How long the build took, now or when it was made.</returns>
    public TimeSpan Build(Action build)
    {
        if (Built() is { } before)
        {
            return before;
        }

        using var turn = WaitForTurn();
        if (Built() is { } meanwhile)
        {
            return meanwhile;
        }

        // What a build that was cut short left behind must not be taken for an engine.
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Directory.CreateDirectory(Folder);
        var clock = Stopwatch.StartNew();
        try
        {
            build();
        }
        catch
        {
            DeleteWhatIsHalf();
            throw;
        }

        var elapsed = clock.Elapsed;
        File.WriteAllText(Path.Combine(Folder, BuiltFile), elapsed.TotalSeconds.ToString("R", CultureInfo.InvariantCulture));
        return elapsed;
    }

    /// <remarks>Before another process has its turn: the folder may be that one's then.</remarks>
    private void DeleteWhatIsHalf()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What has no mark of its end counts for nothing.
        }
    }

    private TimeSpan? Built() => Path.Combine(Folder, BuiltFile) is var built && File.Exists(built)
        && double.TryParse(File.ReadAllText(built), CultureInfo.InvariantCulture, out var seconds)
            // TimeSpan.FromSeconds cuts a tick off where the nearest double lies below.
            ? new TimeSpan((long)Math.Round(seconds * TimeSpan.TicksPerSecond))
            : null;

    /// <summary>A file that one process has open at a time; the system closes those of a process that was killed.</summary>
    private FileStream WaitForTurn()
    {
        var path = Folder + ".lock";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
