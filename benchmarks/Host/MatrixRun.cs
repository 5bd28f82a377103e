using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;
using Bench.Benchmarks.Progress;
using Bench.CommandLine;

namespace Bench.Benchmarks.Host;

/// <summary>One execution of the matrix, from preparation to report: a new one, or one that was stopped and goes on.</summary>
internal sealed class MatrixRun
{
    private readonly BenchOptions _options;
    private readonly BenchPaths _paths;
    private readonly IReadOnlyList<EngineOffer> _engines;
    private readonly TextWriter _console;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly RunPlanner _planner;
    private Measuring? _measuring;

    public MatrixRun(
        BenchOptions options, BenchPaths paths, IReadOnlyList<EngineOffer> engines, TextWriter console, TimeProvider time,
        CancellationToken cancellation)
    {
        _options = options;
        _paths = paths;
        _engines = engines;
        _console = console;
        _time = time;
        _cancellation = cancellation;
        _planner = new RunPlanner(options, paths, engines);
    }

    /// <summary>Whether lines on the terminal change now, which also say that the run is stopping.
    /// Asked on the thread of a signal.</summary>
    public bool IsShownLive => _measuring?.IsShownLive == true;

    /// <summary>Makes a new run.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="IOException">The output folder cannot be written.</exception>
    public int Execute()
    {
        var machine = MachineProbe.Read();
        var git = GitProbe.Read(_paths.Root);
        var started = _time.GetUtcNow();
        var id = RunPlanner.Id(started, machine, git);
        var models = Prepare();
        if (_cancellation.IsCancellationRequested)
        {
            _console.WriteLine("Stopped before anything was measured.");
            return ExitCodes.Incomplete;
        }

        if (models.Count > 0 && models.TrueForAll(model => model.Failure is not null))
        {
            // One line for each, and no run of which every cell would say it again.
            foreach (var model in models)
            {
                _console.WriteLine($"{model.Name}: {model.Failure}");
            }

            _console.WriteLine("Nothing was measured.");
            return ExitCodes.Incomplete;
        }

        var folder = RunPlanner.CreateFolder(Path.Combine(_options.Output, id));
        _console.WriteLine($"Run folder: {Path.GetRelativePath(Environment.CurrentDirectory, folder.Path)}");

        var manifest = _planner.ManifestOf(id, started, machine, git, models, _planner.Cells(models, machine));
        var work = new WorkFolder(folder);
        using var hold = work.Lock();
        work.Write(_options);
        folder.WriteManifest(manifest);
        return Finish(folder, manifest, models, hold);
    }

    /// <summary>Goes on with a run that was stopped.</summary>
    /// <param name="folder">Its folder.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public int Resume(RunFolder folder)
    {
        using var hold = new WorkFolder(folder).Lock();
        var stopped = folder.ReadPlan();
        var models = Prepare();
        if (_cancellation.IsCancellationRequested)
        {
            return ExitCodes.Incomplete;
        }

        var machine = MachineProbe.Read();
        var now = _planner.ManifestOf(
            stopped.Id, stopped.StartedUtc, machine, GitProbe.Read(_paths.Root), models, _planner.Cells(models, machine));
        IReadOnlyList<string> differences =
        [
            .. ResumeCheck.Differences(stopped, now),
            .. ResumeCheck.Differences(new WorkFolder(folder).ReadPlan(), _planner.Plan(folder, models)),
        ];
        if (differences.Count > 0)
        {
            foreach (var difference in differences)
            {
                _console.WriteLine(difference);
            }

            _console.WriteLine("A run goes on only as it began: nothing was measured. Start a new one.");
            return ExitCodes.Incomplete;
        }

        return Finish(folder, now, models, hold);
    }

    private int Finish(RunFolder folder, RunManifest manifest, List<PreparedModel> models, IDisposable hold)
    {
        if (!_cancellation.IsCancellationRequested && manifest.Cells.Any(cell => cell.Status == CellStatus.Pending))
        {
            _measuring = new Measuring(folder, _options, _paths, _engines, _console, _time, _cancellation);
            _measuring.Run(manifest, _planner.Plan(folder, models));
        }

        // What a signal or a full disk ended can still be measured; what the network or the engine cannot do stays so.
        var isComplete = !_cancellation.IsCancellationRequested && !HasLostLaunches(folder, manifest);
        folder.WriteManifest(manifest with { Complete = isComplete, EndedUtc = _time.GetUtcNow() });
        if (isComplete)
        {
            // A run that goes on later keeps what was planned: what an engine says of itself is not what was found on the disk.
            folder.WriteManifest(folder.ReadManifest());
        }

        using var log = new RunLog(Path.Combine(folder.BenchmarkDotNetPath, "benchmark.log"), console: null, _paths);
        var code = RunConclusion.Write(folder, _options, _engines, _console, log);
        if (isComplete)
        {
            hold.Dispose();
            new WorkFolder(folder).Delete();
        }
        else
        {
            _console.WriteLine($"Go on with: {BenchCommand.Run} -- --resume "
                + Path.GetRelativePath(Environment.CurrentDirectory, folder.Path));
        }

        return code;
    }

    private static bool HasLostLaunches(RunFolder folder, RunManifest manifest) =>
        folder.Launches.ReadAll().Any(record => record.Failure is { IsOfSurroundings: true })
        || manifest.Cells.Any(cell => folder.Launches.ReadInspection(cell.Id) is { Failure.IsOfSurroundings: true });

    private List<PreparedModel> Prepare() => ModelList.Prepare(_options, _paths, _engines, _console, _cancellation);
}
