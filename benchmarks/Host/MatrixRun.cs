using System.Diagnostics;
using System.Globalization;
using Bench.Analysis.Runs;
using Bench.Analysis.Timings;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Inference;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Progress;
using Bench.Models;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Spectre.Console;

namespace Bench.Benchmarks.Host;

/// <summary>One execution of the matrix: prepare, measure, collect, report.</summary>
internal sealed class MatrixRun
{
    private const double PoolToCacheRatio = 1.25;

    private readonly BenchOptions _options;
    private readonly BenchPaths _paths;
    private readonly IReadOnlyList<EngineOffer> _engines;
    private readonly TextWriter _console;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;

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
    public bool IsShownLive { get; private set; }

    /// <returns>The exit code.</returns>
    /// <exception cref="IOException">The output folder cannot be written.</exception>
    public int Execute()
    {
        var machine = MachineProbe.Read();
        var git = GitProbe.Read(_paths.Root);
        var started = _time.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"{started:yyyyMMdd-HHmmss}-{machine.Name}-{git.Commit[..7]}");
        var folder = CreateFolder(id);
        _console.WriteLine($"Run folder: {Path.GetRelativePath(Environment.CurrentDirectory, folder.Path)}");

        var threads = CpuQuota.Threads(machine.CpuQuota ?? 1);
        var models = Prepare();
        var cells = Matrix.LayOut(models, _engines, _options, threads);
        var manifest = new RunManifest
        {
            Id = id,
            CommandLine = [.. _options.CommandLine.Select(_paths.Hide)],
            Seed = _options.Seed,
            Profile = _options.Profile.Name,
            StartedUtc = started,
            Git = git,
            Machine = machine,
            Software = SoftwareProbe.Read(),
            Hardware = _options.Hardware,
            UsdPerHour = _options.UsdPerHour,
            Models = [.. models.Where(model => model.Data is not null).Select(Describe)],
            Cells = WithoutPaths(cells.Select(
                cell => cell with { SlowedDownBy = cell.Status == CellStatus.Pending ? _options.SlowDown?.For(cell.Backend) : null })),
        };
        folder.WriteManifest(manifest);

        manifest = Measure(folder, manifest, models, threads) with
        {
            Complete = !_cancellation.IsCancellationRequested,
            EndedUtc = _time.GetUtcNow(),
        };
        folder.WriteManifest(manifest);
        return RunConclusion.Write(folder, _options, _engines, _console);
    }

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

    private List<PreparedModel> Prepare()
    {
        var models = new List<PreparedModel>();
        foreach (var card in _options.CardPaths)
        {
            if (_cancellation.IsCancellationRequested)
            {
                break;
            }

            _console.WriteLine($"Preparing {Path.GetFileNameWithoutExtension(card)} ...");
            var model = PreparedModel.Prepare(card, _options.Precisions, Matrix.Formats(_engines), _paths.Cache);
            models.Add(models.Exists(other => other.Name == model.Name)
                ? model with
                {
                    Name = $"{model.Name}-{models.Count + 1}",
                    Failure = $"{card}: the id '{model.Name}' is taken by another card; ids must be unique.",
                }
                : model);
        }

        return models;
    }

    private ModelFacts Describe(PreparedModel model) => new()
    {
        Id = model.Name,
        Title = model.Card!.Title,
        Task = model.Card.Task.ToString().ToLowerInvariant(),
        Files = model.Files.ToDictionary(file => file.Format.Key(file.Numbers), file => new FileFacts(file.Sha256, file.Length)),
        DataSha256 = model.Data!.Sha256,
        DataCount = model.Data.Count,
        EvaluatedCount = Evaluated(model),
        EquivalenceMargin = model.Card.EquivalenceMargin,
        ToleratedShare = model.Card.ToleratedShare,
    };

    private int Evaluated(PreparedModel model) => Math.Min(model.Data!.Count, _options.Profile.MaximumEvaluatedImages);

    private RunManifest Measure(RunFolder folder, RunManifest manifest, List<PreparedModel> models, int threads)
    {
        var pending = manifest.Cells.Where(cell => cell.Status == CellStatus.Pending).ToList();
        if (pending.Count == 0 || _cancellation.IsCancellationRequested)
        {
            return manifest with
            {
                Cells = [.. manifest.Cells.Select(cell => cell.Status == CellStatus.Pending
                    ? cell with { Reason = "the run was interrupted before anything was measured." }
                    : cell)],
            };
        }

        var work = Directory.CreateDirectory(Path.Combine(folder.Path, ".work"));
        try
        {
            return manifest with { Cells = Measure(folder, manifest.Cells, pending, models, Plan(work.FullName, models, threads)) };
        }
        finally
        {
            // What was measured is not lost because a scanner holds a file.
            TemporaryFiles.TryDelete(work);
        }
    }

    private List<CellFacts> Measure(
        RunFolder folder, IReadOnlyList<CellFacts> cells, List<CellFacts> pending, List<PreparedModel> models, LaunchPlan plan)
    {
        var planPath = Path.Combine(plan.WorkFolder, "plan.json");
        plan.Write(planPath);
        using var cancelFile = _cancellation.Register(() => TellProcessesToStop(plan.CancelFile));
        using var log = new StreamWriter(Path.Combine(folder.BenchmarkDotNetPath, "benchmark.log")) { NewLine = "\n" };
        var display = Display();
        IsShownLive = display is LiveRunDisplay;
        var progress = new RunProgress(display, [.. pending.Select(cell => cell.Id)], plan, _time, _cancellation);
        InferenceBenchmark.SelectedModels = [.. pending.Select(cell => cell.Model).Distinct()];
        var jobs = pending.Select(cell => new JobName(cell.Backend, cell.Precision, MachineProbe.Platform, 0)).Distinct();
        var config = MatrixConfig.Create(
            _options.Profile, _options.Seed, _options.Exporters, jobs, pending.Select(cell => cell.Id).ToHashSet(), plan.WorkFolder,
            LaunchToolchain.Create(Command, progress, _cancellation), new RunLog(log, _options.Verbose ? _console : null, _paths));
        using var stopping = _cancellation.Register(display.Stopping);
        Summary summary;
        try
        {
            summary = BenchmarkRunner.Run<InferenceBenchmark>(config);
        }
        finally
        {
            display.Close();
            IsShownLive = false;
        }

        foreach (var file in Directory.Exists(summary.ResultsDirectoryPath) ? Directory.GetFiles(summary.ResultsDirectoryPath) : [])
        {
            File.Move(file, Path.Combine(folder.BenchmarkDotNetPath, ShortName(file)), overwrite: true);
        }

        var whyNothingStarted = WhyNothingStarted(summary);
        IReadOnlyDictionary<string, CellTimings> timings = new Dictionary<string, CellTimings>();
        try
        {
            timings = BenchmarkDotNetReader.Read(folder);
        }
        catch (RunFormatException e)
        {
            whyNothingStarted = $"{whyNothingStarted} {e.Message}".TrimStart();
        }

        var collector = new ResultCollector(
            folder, _options.Profile, plan, progress, _cancellation.IsCancellationRequested, whyNothingStarted);
        return WithoutPaths(cells.Select(
            cell => collector.Collect(cell, models.First(model => model.Name == cell.Model), timings.GetValueOrDefault(cell.Id))));

        ProcessStartInfo Command(BenchmarkCase benchmark)
        {
            var job = JobName.TryParse(benchmark.DisplayInfo, out var name, out var model)
                ? name
                : throw new InvalidOperationException($"No cell is called '{benchmark.DisplayInfo}'.");
            var start = LaunchProgram.Command(new LaunchRequest(planPath, job.ToString(), model));
            ProcessNeeds.ApplyForLaunch(
                start, _engines.First(engine => engine.Backend.Id == job.Backend),
                _options.Precisions.First(precision => precision.Id == job.Precision));
            return start;
        }
    }

    /// <summary>Lines that change on a terminal, a line for each launch elsewhere, and neither where BenchmarkDotNet's own
    /// words are wanted.</summary>
    private IRunDisplay Display()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_console) });
        return _options.Verbose ? new NoDisplay()
            : !Console.IsOutputRedirected && console.Profile.Capabilities.Ansi ? new LiveRunDisplay(console, _time)
            : new PlainDisplay(_console);
    }

    private List<CellFacts> WithoutPaths(IEnumerable<CellFacts> cells) => cells.Select(cell => cell with
    {
        Reason = cell.Reason is { } reason ? _paths.Hide(reason) : null,
        Complaints = [.. cell.Complaints.Select(complaint => complaint with { Text = _paths.Hide(complaint.Text) })],
    }).ToList();

    /// <returns>What BenchmarkDotNet's validators or its build of the benchmark program objected to; empty if nothing.</returns>
    private static string WhyNothingStarted(Summary summary)
    {
        var validation = summary.ValidationErrors.Where(error => error.IsCritical).Select(error => error.Message);
        var build = summary.Reports.Where(report => !report.BuildResult.IsBuildSuccess)
            .Select(report => report.BuildResult.ErrorMessage).Take(1);
        return string.Join(" ", validation.Concat(build).OfType<string>().Select(text => text.ReplaceLineEndings(" ")));
    }

    private LaunchPlan Plan(string work, List<PreparedModel> models, int threads) => new(
        work,
        Path.Combine(work, "cancel"),
        _options.Seed,
        _options.Profile.Rounds,
        _options.Profile.WarmupIterations,
        _options.Profile.Iterations,
        threads,
        (long)(PoolToCacheRatio * MachineProbe.LastLevelCacheBytes()),
        _paths.Cache,
        _options.OrtLibrary,
        _options.AllowFallback,
        _options.SlowDown,
        models.Where(model => model.Failure is null).ToDictionary(model => model.Name, model => model.Plan(Evaluated(model))));

    /// <summary>Runs on the thread of a signal, where an exception would end the program.</summary>
    private static void TellProcessesToStop(string cancelFile)
    {
        try
        {
            File.WriteAllText(cancelFile, string.Empty);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The launch that runs will run to its end; none is started after it.
        }
    }

    // BenchmarkDotNet puts the namespace in front; the folder already says what it is.
    private static string ShortName(string file) =>
        Path.GetFileName(file).Replace("Bench.Benchmarks.Inference.", string.Empty, StringComparison.Ordinal);
}
