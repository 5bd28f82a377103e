using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Preparing;

namespace Bench.Benchmarks.Tuning;

/// <summary>Has the launches of the parts of a search made, each part a run of its own.</summary>
/// <param name="model">The model, prepared.</param>
/// <param name="machine">The machine.</param>
/// <param name="paths">Bench's own folders.</param>
/// <param name="engines">The engines.</param>
/// <param name="console">Hears of it.</param>
/// <param name="time">The time.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class TuneLaunches(
    PreparedModel model, MachineFacts machine, BenchPaths paths, IReadOnlyList<EngineOffer> engines, TextWriter console,
    TimeProvider time, CancellationToken cancellation)
{
    private readonly GitState _git = GitProbe.Read(paths.Root);
    private DateTimeOffset _started = time.GetUtcNow();
    private string? _id;
    private Measuring? _measuring;

    /// <summary>The id of the run.</summary>
    public string Id => _id ??= RunPlanner.Id(_started, machine, _git);

    /// <summary>Whether lines on the terminal change now.</summary>
    public bool IsShownLive => _measuring?.IsShownLive == true;

    /// <summary>Measures cells as any run does.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="options">How much.</param>
    /// <param name="cells">What.</param>
    /// <param name="keepsFailures">Whether launches that failed before are not tried again.</param>
    /// <returns>Whether it came to its end.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public bool Measure(RunFolder folder, BenchOptions options, IReadOnlyList<CellFacts> cells, bool keepsFailures = false) =>
        Make(folder, options, cells, isSearch: false, keepsFailures, measuring => measuring.Run);

    /// <summary>Makes the launches that a search asks for.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="options">How much a launch measures.</param>
    /// <param name="cells">All cells.</param>
    /// <param name="measurements">What is searched.</param>
    /// <param name="policy">The search.</param>
    /// <returns>Whether it came to its end.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public bool Search(
        RunFolder folder, BenchOptions options, IReadOnlyList<CellFacts> cells, List<MeasurementId> measurements, TunePolicy policy) =>
        Make(folder, options, cells, isSearch: true, keepsFailures: true, measuring =>
            (_, plan) => measuring.Search(measurements, plan, policy));

    /// <summary>Writes a run in which there is nothing to measure.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="options">What is asked for.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void Write(RunFolder folder, BenchOptions options) =>
        folder.WriteManifest(Manifest(options, []) with { Complete = true, EndedUtc = time.GetUtcNow() });

    /// <summary>What all launches in a folder share.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How much they measure.</param>
    public LaunchPlan Plan(RunFolder folder, BenchOptions options) => new RunPlanner(options, paths, engines).Plan(folder, [model]);

    /// <summary>Goes on with a run that was stopped.</summary>
    /// <param name="folder">The folder of its first part.</param>
    /// <param name="options">How much that part measures.</param>
    /// <param name="cells">What it measures.</param>
    /// <returns>What has changed since then, a sentence for each; then nothing may be measured.</returns>
    public IReadOnlyList<string> GoOn(RunFolder folder, BenchOptions options, IReadOnlyList<CellFacts> cells)
    {
        if (!File.Exists(folder.ManifestPath))
        {
            return [];
        }

        var before = folder.ReadPlan();
        (_id, _started) = (before.Id, before.StartedUtc);
        return
        [
            .. ResumeCheck.Differences(before, Manifest(options, cells)),
            .. ResumeCheck.Differences(new WorkFolder(folder).ReadPlan(), Plan(folder, options)),
        ];
    }

    private RunManifest Manifest(BenchOptions options, IReadOnlyList<CellFacts> cells) =>
        new RunPlanner(options, paths, engines).ManifestOf(Id, _started, machine, _git, [model], cells);

    private bool Make(
        RunFolder folder, BenchOptions options, IReadOnlyList<CellFacts> cells, bool isSearch, bool keepsFailures,
        Func<Measuring, Action<RunManifest, LaunchPlan>> how)
    {
        var manifest = Manifest(options, cells) with { IsSearch = isSearch };
        folder.WriteManifest(manifest);
        _measuring = new Measuring(folder, options, paths, engines, console, time, cancellation) { KeepsFailures = keepsFailures };
        how(_measuring)(manifest, Plan(folder, options));
        var isComplete = !cancellation.IsCancellationRequested;
        folder.WriteManifest(manifest with { Complete = isComplete, EndedUtc = time.GetUtcNow() });
        return isComplete;
    }
}
