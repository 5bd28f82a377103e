using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Loads;
using Bench.Inference.Knobs;

namespace Bench.Benchmarks.Tuning;

/// <summary>How long launches of a search will take, by those that looked at what outputs are worth.</summary>
internal sealed class TuneTimes
{
    // Until a process measures, and from its last request until the next one starts.
    private const double ProcessSeconds = 2;

    // A warm-up goes on until latencies no longer move; other settings may load for longer.
    private const double Margin = 1.2;
    private const double MillisecondsPerSecond = 1000;

    private readonly Dictionary<(string Engine, string Precision), Seen> _seen = [];

    private TuneTimes()
    {
    }

    /// <summary>Reads what was seen.</summary>
    /// <param name="looked">The folder of the launches.</param>
    public static TuneTimes Of(RunFolder looked)
    {
        var times = new TuneTimes();
        foreach (var record in looked.Launches.ReadAll().Where(record => record.IsFinished))
        {
            var facts = record.Facts!;
            times._seen[Kind(record.Cell)] = new Seen(
                (facts.LoadMs + facts.FirstInferenceMs + (facts.LibraryLoadMs ?? 0)) / MillisecondsPerSecond,
                looked.Launches.ReadTimings(record).RequestMs / MillisecondsPerSecond);
        }

        return times;
    }

    /// <summary>How long requests at random moments take of a configuration, all launches together: of those that were looked at the one
    /// that takes longest, if it can keep up.</summary>
    /// <param name="looked">The folder of the launches that looked.</param>
    /// <param name="cells">What was looked at.</param>
    /// <param name="load">The rate.</param>
    /// <param name="plan">How much fresh launches measure.</param>
    /// <returns>Seconds; what is granted in any case where none keeps up.</returns>
    public static double OpenSeconds(RunFolder looked, IEnumerable<CellId> cells, Load load, MeasuringPlan plan)
    {
        var planner = new OpenPlanner(looked.Launches, plan);
        return cells.Select(cell => planner.Plan(new MeasurementId(cell, load))).Where(open => open is { WhyNot: null })
            .Select(open => open!.Seconds).DefaultIfEmpty(TuneProfiles.FewestOpenSeconds).Max();
    }

    /// <summary>How many seconds a launch of a cell takes; those of a launch that only starts where nothing of the kind was seen.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="plan">How much it measures.</param>
    public double Launch(CellId cell, MeasuringPlan plan)
    {
        if (!_seen.TryGetValue(Kind(cell), out var seen))
        {
            return ProcessSeconds;
        }

        // Several streams take turns, and one image of a batch takes as long as one alone, at most.
        var request = seen.RequestSeconds * cell.Batch;
        // Several streams warm up by whole windows.
        var ofWindow = cell.Streams > 1 ? WindowRule.OfWarmup(plan).Requests * cell.Streams * request : 0;
        var warmup = Math.Max(ofWindow, Math.Max(plan.WarmupSeconds, plan.WarmupRequests * request));
        var window = WindowRule.Of(plan);
        var requests = Math.Max(
            plan.RequestsOf(cell.Batch), cell.Streams > 1 ? window.Windows * window.Requests * cell.Streams : 0);
        var timed = Math.Max(requests * request, KnobCatalogue.IsOnProcessor(cell.Backend.Name) ? 0 : plan.DeviceSeconds);
        return Margin * (ProcessSeconds + seen.StartSeconds + warmup + timed);
    }

    /// <summary>How many seconds the fresh launches of the end take: of the default, of what outputs are compared with, and of two that
    /// are not known yet.</summary>
    /// <param name="certain">What is measured in any case.</param>
    /// <param name="candidates">What two will be of.</param>
    /// <param name="plan">How much a launch measures, and how many launches there are.</param>
    /// <param name="openSeconds">How long each of the two takes with requests that arrive at random moments, all launches together.</param>
    /// <returns>The seconds if the two are those that take the least time, and if they take the most.</returns>
    public (double Least, double Most) Confirmation(
        IReadOnlyCollection<CellId> certain, IReadOnlyCollection<CellId> candidates, MeasuringPlan plan, double openSeconds)
    {
        double Of(double two) => (plan.Rounds * (certain.Sum(cell => Launch(cell, plan)) + (2 * two))) + (2 * openSeconds);
        return (Of(candidates.Min(cell => Launch(cell, plan))), Of(candidates.Max(cell => Launch(cell, plan))));
    }

    private static (string, string) Kind(CellId cell) => (cell.Backend.ToString(), cell.Precision);

    private readonly record struct Seen(double StartSeconds, double RequestSeconds);
}
