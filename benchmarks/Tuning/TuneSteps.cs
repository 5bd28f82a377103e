using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Preparing;
using Bench.CommandLine;

namespace Bench.Benchmarks.Tuning;

/// <summary>The steps of a search: a look at what is out of the question, short launches of the rest, fresh ones of what is found. Each
/// goes on where it was stopped.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="folders">The run's folders.</param>
/// <param name="model">The model, prepared.</param>
/// <param name="cells">All cells.</param>
/// <param name="reference">What outputs are compared with; null where it is not here.</param>
/// <param name="launches">Has launches made.</param>
/// <param name="console">Hears of it.</param>
internal sealed class TuneSteps(
    BenchOptions options, TuneFolders folders, PreparedModel model, IReadOnlyList<CellFacts> cells, CellFacts? reference,
    TuneLaunches launches, TextWriter console)
{
    private const double MillisecondsPerSecond = 1000;

    private readonly int _confirmations = TuneProfiles.Confirmations(options.Profile, options.Launches);

    private TuneAsked Asked => options.Tune!;

    private BenchOptions OfLook => options with { Profile = TuneProfiles.Quality(options.Profile) };

    private BenchOptions OfConfirmation => options with
    {
        Profile = TuneProfiles.Confirmation(
            options.Profile, _confirmations, Asked.Load is null ? null : TuneProfiles.OpenBudgetSeconds(OpenSeconds())),
    };

    // The settings change neither what is computed nor in what; precisions do.
    private IReadOnlyList<CellFacts> Looked => [.. cells.Where(cell => cell.Status == CellStatus.Pending)
        .GroupBy(cell => (cell.Backend, cell.Precision)).Select(kind => kind.MinBy(cell => cell.Id.Variant.Count)!)
        .Concat(References).DistinctBy(cell => cell.Id)];

    private IEnumerable<CellFacts> References => reference is null ? [] : [reference];

    /// <summary>Goes on with a search that was stopped, if there was one.</summary>
    /// <returns>What has changed since then, a sentence for each; then nothing may be measured.</returns>
    public IReadOnlyList<string> GoOn() => launches.GoOn(folders.Quality, OfLook, Looked);

    /// <summary>A launch of every precision of every engine, with all evaluation images.</summary>
    /// <param name="standard">The default.</param>
    /// <param name="isOver">Whether the search has begun, so that nothing that failed is tried again.</param>
    /// <returns>What is searched; null if it was stopped.</returns>
    public TuneField? Look(CellId standard, bool isOver)
    {
        if (!launches.Measure(folders.Quality, OfLook, Looked, isOver))
        {
            return null;
        }

        var run = PricedRun.Read([folders.Quality], new RunPrice(options.Prices));
        return TuneField.Of(
            cells, standard, [.. ReportBuilder.Build(run, CostModel.Runtime).Models.SelectMany(report => report.Rows)], run[0],
            Asked.Quality);
    }

    /// <summary>How many fresh launches there will be, all together, where requests follow each other.</summary>
    /// <param name="standard">The default.</param>
    public int Fresh(CellId standard) => _confirmations * (2 + Certain(standard).Count);

    /// <summary>How many seconds fresh launches take in the end, at least and at most, and a short launch of each configuration, by those
    /// of the look.</summary>
    /// <param name="field">What is searched.</param>
    public ((double Least, double Most) Confirmation, double Look) Estimate(TuneField field)
    {
        var times = TuneTimes.Of(folders.Quality);
        var candidates = field.Candidates.Select(candidate => candidate.Cell).ToList();
        var search = TuneProfiles.Search(options.Profile).Measuring;
        return (
            times.Confirmation(
                Certain(field.Default!.Cell), candidates, OfConfirmation.Profile.Measuring, Asked.Load is null ? 0 : OpenSeconds()),
            candidates.Sum(cell => times.Launch(cell, search)));
    }

    /// <summary>What the launches of the look took that ended before a moment, with what lies between them, in seconds.</summary>
    /// <param name="before">The moment.</param>
    public double LookSeconds(DateTimeOffset before)
    {
        var spans = new LaunchSpans();
        return folders.Quality.Launches.ReadAll().Where(record => record.EndedUtc < before).OrderBy(record => record.StartedUtc)
            .Sum(spans.Next);
    }

    /// <summary>Short launches of all configurations.</summary>
    /// <param name="field">The configurations.</param>
    /// <param name="seconds">How long they may take.</param>
    /// <returns>What was found; null if it was stopped.</returns>
    public TuneChoice? Search(TuneField field, double seconds)
    {
        var plan = options.Profile.Measuring;
        var settings = new TuneSettings
        {
            LimitMs = Asked.Load?.RequestsPerSecond is { } rate ? MillisecondsPerSecond / rate : plan.LimitMs,
            BeyondLimit = Asked.Load is null ? new TuneSettings().BeyondLimit : "it cannot keep up",
            Seed = options.Seed,
            Confirmations = _confirmations,
            SearchSeconds = seconds,
        };
        var search = new TuneSearch(field.Candidates, Asked.Exhaustive is { } ofEach ? settings.Exhaustive(ofEach) : settings);
        var policy = new TunePolicy(search, field.Candidates, folders.Search.Launches, field.Price, Latency(plan));
        return launches.Search(
            folders.Search, options with { Profile = TuneProfiles.Search(options.Profile) }, cells,
            [.. field.Candidates.Select(candidate => new MeasurementId(candidate.Cell, Load.Closed))], policy)
            ? search.Choose()
            : null;
    }

    /// <summary>Nothing meets the limit.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public int ConcludeNothing(TuneField field, TuneChoice choice, BenchPaths paths)
    {
        // A run without cells: what there is to report is the search.
        launches.Write(folders.Confirmed, OfConfirmation);
        return new TuneConclusion(options, folders, field, choice, console).WriteNothing(paths);
    }

    /// <summary>Fresh launches of what was found, and what they show.</summary>
    /// <param name="field">What was searched.</param>
    /// <param name="choice">What was found.</param>
    /// <param name="engines">The engines.</param>
    /// <param name="paths">Bench's own folders.</param>
    /// <returns>The exit code.</returns>
    public int Confirm(TuneField field, TuneChoice choice, IReadOnlyList<EngineOffer> engines, BenchPaths paths)
    {
        var ids = choice.Confirmed.Select(candidate => candidate.Cell).ToHashSet();
        // What outputs are compared with is measured, too, where it is another one than the default.
        var confirmed = cells.Where(cell => ids.Contains(cell.Id)).Concat(References.Where(cell => !ids.Contains(cell.Id))).ToList();
        if (Asked.Load is { } load)
        {
            var best = new[] { choice.Winner, choice.RunnerUp }.OfType<TuneCandidate>().Select(candidate => candidate.Cell).ToHashSet();
            confirmed.AddRange(cells.Where(cell => best.Contains(cell.Id)).Select(cell => cell with { OpenLoad = load }).ToList());
        }

        console.WriteLine(ConsoleText.Wrapped(TuneText.Confirming(choice, _confirmations)));
        var asked = OfConfirmation;
        return launches.Measure(folders.Confirmed, asked, confirmed)
            ? new TuneConclusion(asked, folders, field, choice, console).Write(
                engines, paths, launches.Plan(folders.Confirmed, asked), model.Name)
            : ExitCodes.Incomplete;
    }

    private List<CellId> Certain(CellId standard) => [.. References.Select(cell => cell.Id).Append(standard).Distinct()];

    private double OpenSeconds() => TuneTimes.OpenSeconds(
        folders.Quality, Looked.Select(cell => cell.Id), Asked.Load!,
        TuneProfiles.Confirmation(options.Profile, _confirmations, openSeconds: null).Measuring);

    /// <summary>What of a launch must be within the limit: of requests that arrive at random moments only that they can be kept up with,
    /// since how long they wait is measured in the end.</summary>
    private Func<LaunchTimings, double>? Latency(MeasuringPlan plan) => Asked.Load is not null ? timings => timings.RequestMs
        : plan.Quantile is not { } share ? null
        : timings =>
        {
            double[] sorted = [.. timings.LatenciesMs.Order()];
            return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
        };
}
