using System.Globalization;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;
using Bench.Benchmarks.Progress;
using Bench.CommandLine;
using Bench.Models.Files;

namespace Bench.Benchmarks.Host;

/// <summary>One execution of the matrix, from preparation to report: a new one, or one that was stopped and goes on.</summary>
internal sealed class MatrixRun
{
    /// <summary>How much larger the pool of images is than the last-level cache.</summary>
    internal const double PoolToCacheRatio = 1.25;

    private readonly BenchOptions _options;
    private readonly BenchPaths _paths;
    private readonly IReadOnlyList<EngineOffer> _engines;
    private readonly TextWriter _console;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
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
        var id = string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd-HHmmss}-{machine.Name}-{git.Commit[..7]}");
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

        var folder = CreateFolder(id);
        _console.WriteLine($"Run folder: {Path.GetRelativePath(Environment.CurrentDirectory, folder.Path)}");

        var manifest = ManifestOf(id, started, machine, git, models);
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

        var now = ManifestOf(stopped.Id, stopped.StartedUtc, MachineProbe.Read(), GitProbe.Read(_paths.Root), models);
        IReadOnlyList<string> differences =
            [.. ResumeCheck.Differences(stopped, now), .. ResumeCheck.Differences(new WorkFolder(folder).ReadPlan(), Plan(folder, models))];
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
            _measuring.Run(manifest, Plan(folder, models));
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

    private RunFolder CreateFolder(string id)
    {
        var folder = new RunFolder(Path.Combine(_options.Output, id));
        if (Directory.Exists(folder.Path))
        {
            throw new IOException($"{folder.Path} exists already; runs are never overwritten. Try again in a second.");
        }

        Directory.CreateDirectory(folder.BenchmarkDotNetPath);
        return folder;
    }

    private RunManifest ManifestOf(string id, DateTimeOffset started, MachineFacts machine, GitState git, List<PreparedModel> models) =>
        new()
        {
            Id = id,
            CommandLine = [.. _options.CommandLine.Select(_paths.Hide)],
            Seed = _options.Seed,
            Profile = _options.Profile.Name,
            Plan = _options.Profile.Measuring,
            StartedUtc = started,
            Git = git,
            Build = SoftwareProbe.Build(),
            Machine = machine,
            Software = SoftwareProbe.Read(),
            Hardware = _options.Hardware,
            UsdPerHour = _options.UsdPerHour,
            Models = [.. models.Where(model => model.Data is not null).Select(Describe)],
            Cells = [.. Matrix.LayOut(models, _engines, _options, StreamChoices.Cores(machine)).Select(cell => cell with
            {
                Reason = cell.Reason is { } reason ? _paths.Hide(reason) : null,
                SlowedDownBy = cell.Status == CellStatus.Pending ? _options.SlowDown?.For(cell.Backend.ToString()) : null,
            })],
        };

    private List<PreparedModel> Prepare() => ModelList.Prepare(_options, _paths, _engines, _console, _cancellation);

    private ModelFacts Describe(PreparedModel model) => new()
    {
        Id = model.Name,
        Title = model.Card!.Title ?? model.Name,
        Task = model.Card.Task.ToString().ToLowerInvariant(),
        Inputs = ModelText.Inputs(model),
        Outputs = ModelText.Outputs(model),
        Volume = ModelText.Volume(model),
        HasLabels = model.Data!.LabelsPath is not null,
        Notes = ModelText.Notes(model) is { Count: > 0 } notes ? notes : null,
        Files = model.Files.SelectMany(ModelFilesOf).DistinctBy(file => file.Key).ToDictionary(file => file.Key, file => file.Value),
        DataSha256 = model.Data.Sha256,
        DataCount = model.Data.Count,
        EvaluatedCount = Evaluated(model),
        EquivalenceMargin = model.Card.EquivalenceMargin ?? model.Data.DerivedMargin,
        ToleratedShare = model.Card.ToleratedShare,
    };

    private static IEnumerable<KeyValuePair<string, FileFacts>> ModelFilesOf(PlannedFile file) =>
    [
        KeyValuePair.Create(file.Key, Describe(file.File)),
        .. file.Batches.Select(batch =>
            KeyValuePair.Create(BatchedFile.Key(file, batch.Value, batch.Key), Describe(batch.Value.File))),
    ];

    private static FileFacts Describe(ModelFile file) => new(file.Sha256, file.Length)
    {
        Source = file.Origin.Source,
        Recipe = file.Origin.Recipe.Length > 0 ? file.Origin.Recipe : null,
    };

    private int Evaluated(PreparedModel model) => Math.Min(model.Data!.Count, _options.Profile.MaximumEvaluatedImages);

    private LaunchPlan Plan(RunFolder folder, List<PreparedModel> models) => new()
    {
        RunPath = folder.Path,
        CancelFile = new WorkFolder(folder).CancelFile,
        Seed = _options.Seed,
        Measuring = _options.Profile.Measuring,
        PoolBytes = (long)(PoolToCacheRatio * MachineProbe.LastLevelCacheBytes()),
        Cache = _paths.Cache,
        OrtLibrary = _options.OrtLibrary,
        AllowFallback = _options.AllowFallback,
        SlowDown = _options.SlowDown,
        Models = models.Where(model => model.Failure is null).ToDictionary(model => model.Name, model => model.Plan(Evaluated(model))),
    };
}
