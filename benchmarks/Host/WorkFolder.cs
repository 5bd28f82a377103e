using System.Globalization;
using System.Text;
using System.Text.Json;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Processes;

namespace Bench.Benchmarks.Host;

/// <summary>What a run needs while it goes on, and to go on with it later: <c>.work</c> in its folder. It holds paths of this machine,
/// which a finished run does not, and is deleted when the run is complete.</summary>
/// <param name="Run">The run's folder.</param>
internal sealed record WorkFolder(RunFolder Run)
{
    private string Path => Run.WorkPath;

    private string OptionsPath => System.IO.Path.Combine(Path, "options.json");

    private string SearchSecondsPath => System.IO.Path.Combine(Path, "search-seconds");

    /// <summary>The file that tells launches to stop.</summary>
    public string CancelFile => System.IO.Path.Combine(Path, "cancel");

    /// <summary>What all launches share.</summary>
    public string PlanPath => System.IO.Path.Combine(Path, "plan.json");

    /// <summary>Keeps what the user asked for.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(BenchOptions options)
    {
        Directory.CreateDirectory(Path);
        AtomicFile.Write(OptionsPath, JsonSerializer.SerializeToUtf8Bytes(new Asked(Environment.CurrentDirectory, options.CommandLine)));
    }

    /// <summary>What the user asked for when the run was started.</summary>
    /// <returns>It; null if there is none, or none that can be read.</returns>
    public Asked? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Asked>(File.ReadAllBytes(OptionsPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>How long the short launches of a search may take, in seconds; null where that is not decided. A search that was stopped
    /// goes on with the time that it had.</summary>
    public double? SearchSeconds
    {
        get => File.Exists(SearchSecondsPath) && double.TryParse(
            File.ReadAllText(SearchSecondsPath), CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        set => AtomicFile.Write(SearchSecondsPath, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{value:R}")));
    }

    /// <summary>Sees to it that no other program works on the run.</summary>
    /// <returns>What to dispose of when this one has ended.</returns>
    /// <exception cref="IOException">Another program works on it, or the folder cannot be written.</exception>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(Path);
        var path = System.IO.Path.Combine(Path, "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new IOException($"{Run.Path}: another program works on this run ({e.Message.TrimEnd('.')}).", e);
        }
    }

    /// <summary>What launches were told before; null if none was started.</summary>
    public LaunchPlan? ReadPlan()
    {
        try
        {
            return LaunchPlan.Read(PlanPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Deletes it, if that can be done: what was measured is not lost because a scanner holds a file.</summary>
    public void Delete()
    {
        TemporaryFiles.TryDelete(new DirectoryInfo(Path));
        foreach (var left in new[] { Run.Path, Run.Launches.Path, Run.OutputsPath }.Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, $"*{AtomicFile.PartialEnding}")))
        {
            TemporaryFiles.TryDelete(new FileInfo(left));
        }
    }

    /// <summary>What the user asked for.</summary>
    /// <param name="Folder">The folder that the program was started in: paths are relative to it.</param>
    /// <param name="Arguments">The arguments.</param>
    internal sealed record Asked(string Folder, IReadOnlyList<string> Arguments);
}
