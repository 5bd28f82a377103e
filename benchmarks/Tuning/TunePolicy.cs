using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Scheduling;

namespace Bench.Benchmarks.Tuning;

/// <summary>Has the launches made that a search asks for, and tells it what they said. What comes next depends on what is on the disk
/// alone, so that a search that was stopped goes on.</summary>
/// <param name="search">The search.</param>
/// <param name="candidates">Its configurations.</param>
/// <param name="launches">What was measured.</param>
/// <param name="usdPerHour">What an hour of what a configuration runs on costs; the same for all where nobody knows.</param>
/// <param name="latency">What of a launch must be within the limit, in ms; null without one.</param>
internal sealed class TunePolicy(
    TuneSearch search, IReadOnlyList<TuneCandidate> candidates, LaunchFolder launches, Func<CellId, double> usdPerHour,
    Func<LaunchTimings, double>? latency)
    : ILaunchPolicy
{
    private readonly LaunchSpans _spans = new();

    public int Expected(LaunchHistory history) => search.Expected;

    public IEnumerable<LaunchName> Launches(LaunchHistory history)
    {
        foreach (var (candidate, round) in search.Launches())
        {
            var cell = candidates[candidate].Cell;
            var name = new LaunchName(new MeasurementId(cell, Load.Closed), round);
            yield return name;
            var record = launches.Read(name);
            if (record is { IsFinished: true })
            {
                var timings = launches.ReadTimings(record);
                search.Tell(
                    candidate, round,
                    new TuneValue(
                        timings.RequestMs / cell.Batch * usdPerHour(cell),
                        latency?.Invoke(timings)),
                    _spans.Next(record));
            }
            else if (history.HasFailed(name.Measurement))
            {
                search.Tell(candidate, round, null, record is null ? 0 : _spans.Next(record));
            }
            else
            {
                // Interrupted: it goes on from here.
                yield break;
            }
        }
    }
}
