using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;
using Bench.CommandLine;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Tuning;

/// <summary>Searches the cheapest settings of a model: looks at what is out of the question, has short launches of the rest, and confirms
/// what is found in fresh ones. All of it is in the run's folder as it comes, so that a search that was stopped goes on.</summary>
internal sealed class TuneRun
{
    private const double MillisecondsPerSecond = 1000;

    private readonly BenchOptions _options;
    private readonly TuneAsked _asked;
    private readonly BenchPaths _paths;
    private readonly IReadOnlyList<EngineOffer> _engines;
    private readonly TextWriter _console;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly long _begun;
    private readonly MachineFacts _machine = MachineProbe.Read();
    private readonly TuneCells _cells;
    private Measuring? _measuring;

    public TuneRun(
        BenchOptions options, BenchPaths paths, IReadOnlyList<EngineOffer> engines, TextWriter console, TimeProvider time,
        CancellationToken cancellation)
    {
        (_asked, _paths, _engines, _console, _time, _cancellation) = (options.Tune!, paths, engines, console, time, cancellation);
        _begun = time.GetTimestamp();
        _cells = new TuneCells(
            options, _asked, [.. engines.Where(engine => options.Backends.Contains(engine.Backend.Id))], StreamChoices.Cores(_machine));
        _options = options with
        {
            Precisions = _cells.Precisions,
            ArePrecisionsNamed = true,
            Variants = [Variant.None, .. _cells.Variants],
        };
    }

    /// <summary>Whether lines on the terminal change now.</summary>
    public bool IsShownLive => _measuring?.IsShownLive == true;

    /// <summary>Makes a new search, or goes on with one.</summary>
    /// <param name="stopped">The folder of a search that was stopped; null for a new one.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="ArgumentException">There is more than one model, or too little time.</exception>
    /// <exception cref="IOException">The output folder cannot be written.</exception>
    public int Execute(RunFolder? stopped)
    {
        if (_options.Models.Count != 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"tune: found {_options.Models.Count} models; expected one, as in --models unet."));
        }

        var model = ModelList.Prepare(_options, _paths, _engines, _console, _cancellation).FirstOrDefault();
        if (model is null || model.Failure is not null)
        {
            _console.WriteLine(model?.Failure is { } failure ? $"{model.Name}: {failure}" : "Stopped before anything was measured.");
            return ExitCodes.Incomplete;
        }

        var cells = _cells.All(model, _machine.MemoryBytes);
        var pending = cells.Where(cell => cell.Status == CellStatus.Pending).ToList();
        if (TuneCells.Default(pending) is not { } standard)
        {
            foreach (var reason in cells.Select(cell => $"{cell.Id}: {cell.Reason}").Distinct())
            {
                _console.WriteLine(reason);
            }

            _console.WriteLine("There is nothing to search.");
            return ExitCodes.Incomplete;
        }

        if (_asked.Budget.Total < TuneBudget.Least(pending.Count))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"--budget: found {_asked.Budget.Total.TotalSeconds:0} s for {pending.Count} configurations; expected at least ")
                + FormattableString.Invariant($"{TuneBudget.Least(pending.Count).TotalSeconds:0} s, so that what is found can be ")
                + "confirmed, or fewer configurations (--backends, --precisions, --batch, --streams, --set).");
        }

        var (git, started) = (GitProbe.Read(_paths.Root), _time.GetUtcNow());
        var id = stopped is null ? RunPlanner.Id(started, _machine, git) : Path.GetFileName(stopped.Path);
        var folders = new TuneFolders(stopped ?? RunPlanner.CreateFolder(Path.Combine(_options.Output, id)));
        folders.Create();
        var work = new WorkFolder(folders.Confirmed);
        using var hold = work.Lock();
        work.Write(_options);
        _console.WriteLine($"Run folder: {Path.GetRelativePath(Environment.CurrentDirectory, folders.Confirmed.Path)}");
        var code = Tune(model, cells, standard, folders, new TuneStages(id, started, git));
        if (code == ExitCodes.Incomplete)
        {
            _console.WriteLine(ConsoleText.Wrapped("A search that is not confirmed claims nothing. Go on with: "
                + $"{BenchCommand.Run} -- --resume {Path.GetRelativePath(Environment.CurrentDirectory, folders.Confirmed.Path)}"));
            return code;
        }

        hold.Dispose();
        foreach (var folder in new[] { folders.Quality, folders.Search, folders.Confirmed })
        {
            new WorkFolder(folder).Delete();
        }

        return code;
    }

    private int Tune(PreparedModel model, IReadOnlyList<CellFacts> cells, CellId standard, TuneFolders folders, TuneStages stages)
    {
        var field = Look(model, cells, standard, folders.Quality, stages);
        if (_cancellation.IsCancellationRequested)
        {
            return ExitCodes.Incomplete;
        }

        _console.WriteLine(ConsoleText.Wrapped(TuneText.Field(field, model.Name, _asked.Budget)));
        if (!field.Candidates.Any(candidate => candidate.IsDefault))
        {
            throw new ArgumentException($"{standard}: {field.Pruned.First(point => point.Candidate.IsDefault).Reason}. "
                + "It is what others are compared with, so that nothing can be said without it.");
        }

        var plan = _options.Profile.Measuring;
        var confirmations = TuneProfiles.Confirmations(_options.Profile, _options.Launches);
        var settings = new TuneSettings
        {
            LimitMs = _asked.Load?.RequestsPerSecond is { } rate ? MillisecondsPerSecond / rate : plan.LimitMs,
            BeyondLimit = _asked.Load is null ? new TuneSettings().BeyondLimit : "it cannot keep up",
            Seed = _options.Seed,
            Confirmations = confirmations,
            SearchSeconds = _asked.Budget.SearchSeconds(
                _time.GetElapsedTime(_begun), 3 * confirmations, TuneText.LongLaunchSeconds(_options.Profile, folders.Quality)),
        };
        var search = new TuneSearch(field.Candidates, settings);
        var policy = new TunePolicy(search, field.Candidates, folders.Search.Launches, field.Price, Latency(plan));
        var options = _options with { Profile = TuneProfiles.Search(_options.Profile) };
        var planner = new RunPlanner(options, _paths, _engines);
        var manifest = planner.ManifestOf(stages.Id, stages.Started, _machine, stages.Git, [model], cells) with { IsSearch = true };
        folders.Search.WriteManifest(manifest);
        _measuring = new Measuring(folders.Search, options, _paths, _engines, _console, _time, _cancellation);
        _measuring.Search(
            [.. field.Candidates.Select(candidate => new MeasurementId(candidate.Cell, Load.Closed))],
            planner.Plan(folders.Search, [model]), policy);
        var choice = search.Choose();
        folders.Search.WriteManifest(manifest with
        {
            Complete = !_cancellation.IsCancellationRequested,
            EndedUtc = _time.GetUtcNow(),
        });
        if (_cancellation.IsCancellationRequested)
        {
            return ExitCodes.Incomplete;
        }

        return choice.Winner is null
            ? new TuneConclusion(_options, folders, field, choice, _console).WriteNothing()
            : Confirm(model, cells, folders, stages, field, choice, confirmations);
    }

    private int Confirm(
        PreparedModel model, IReadOnlyList<CellFacts> cells, TuneFolders folders, TuneStages stages, TuneField field, TuneChoice choice,
        int confirmations)
    {
        var ids = choice.Confirmed.Select(candidate => candidate.Cell).ToHashSet();
        var options = _options with { Profile = TuneProfiles.Confirmation(_options.Profile, confirmations, _asked.Load is not null) };
        // What outputs are compared with is measured, too, where it is another one than the default.
        var confirmed = cells.Where(cell => ids.Contains(cell.Id)).Concat(Reference(model).Where(cell => !ids.Contains(cell.Id))).ToList();
        if (_asked.Load is { } load)
        {
            var best = new[] { choice.Winner, choice.RunnerUp }.OfType<TuneCandidate>().Select(candidate => candidate.Cell).ToHashSet();
            confirmed.AddRange(cells.Where(cell => best.Contains(cell.Id)).Select(cell => cell with { OpenLoad = load }).ToList());
        }

        _console.WriteLine(ConsoleText.Wrapped(TuneText.Confirming(choice, confirmations)));
        return Measure(folders.Confirmed, options, model, confirmed, stages)
            ? new TuneConclusion(options, folders, field, choice, _console).Write(
                _engines, _paths, new RunPlanner(options, _paths, _engines).Plan(folders.Confirmed, [model]), model.Name)
            : ExitCodes.Incomplete;
    }

    /// <summary>What of a launch must be within the limit: of requests that arrive at random moments only that they can be kept up with,
    /// since how long they wait is measured in the end.</summary>
    private Func<LaunchTimings, double>? Latency(MeasuringPlan plan) => _asked.Load is not null ? timings => timings.RequestMs
        : plan.Quantile is not { } share ? null
        : timings =>
        {
            double[] sorted = [.. timings.LatenciesMs.Order()];
            return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
        };

    private TuneField Look(PreparedModel model, IReadOnlyList<CellFacts> cells, CellId standard, RunFolder folder, TuneStages stages)
    {
        // The settings change neither what is computed nor in what; precisions do.
        var plain = cells.Where(cell => cell.Status == CellStatus.Pending)
            .GroupBy(cell => (cell.Backend, cell.Precision)).Select(kind => kind.MinBy(cell => cell.Id.Variant.Count)!).ToList();
        var options = _options with { Profile = TuneProfiles.Quality(_options.Profile) };
        Measure(folder, options, model, [.. plain.Concat(Reference(model)).DistinctBy(cell => cell.Id)], stages);
        var run = PricedRun.Read([folder], new RunPrice(_options.Prices));
        return TuneField.Of(
            cells, standard, [.. ReportBuilder.Build(run, CostModel.Runtime).Models.SelectMany(report => report.Rows)], run[0],
            _asked.Quality);
    }

    private IEnumerable<CellFacts> Reference(PreparedModel model) =>
        _engines.Where(engine => engine.Backend.Id == BackendCatalogue.ReferenceId).Select(engine => Matrix.CellOf(
            Matrix.Id(model.Name, engine.Backend.Id, Variant.None, Precision.Fp32), model, engine, Precision.Fp32,
            StreamChoices.Cores(_machine)));

    /// <returns>Whether it came to its end.</returns>
    private bool Measure(RunFolder folder, BenchOptions options, PreparedModel model, IReadOnlyList<CellFacts> cells, TuneStages stages)
    {
        var planner = new RunPlanner(options, _paths, _engines);
        var manifest = planner.ManifestOf(stages.Id, stages.Started, _machine, stages.Git, [model], cells);
        folder.WriteManifest(manifest);
        _measuring = new Measuring(folder, options, _paths, _engines, _console, _time, _cancellation);
        _measuring.Run(manifest, planner.Plan(folder, [model]));
        var isComplete = !_cancellation.IsCancellationRequested;
        folder.WriteManifest(manifest with { Complete = isComplete, EndedUtc = _time.GetUtcNow() });
        return isComplete;
    }

    /// <summary>What the parts of a search have in common.</summary>
    private sealed record TuneStages(string Id, DateTimeOffset Started, GitState Git);
}
