using Bench.Analysis.Statistics;
using MathNet.Numerics.Statistics;

namespace Bench.Benchmarks.Tuning;

/// <summary>What the launches of a search have said, by configuration and round.</summary>
/// <param name="count">How many configurations there are.</param>
/// <param name="limitMs">The longest latency that is accepted, in ms; null for none.</param>
internal sealed class TuneTable(int count, double? limitMs)
{
    // A latency of two launches is known to about that.
    private const double Margin = 1.25;
    private const double NearLimit = 1.1;

    private readonly SortedDictionary<int, TuneValue>[] _values =
        [.. Enumerable.Range(0, count).Select(_ => new SortedDictionary<int, TuneValue>())];

    private readonly HashSet<int> _failed = [];

    /// <summary>Takes what a launch said.</summary>
    public void Add(int candidate, int round, TuneValue value) => _values[candidate][round] = value;

    /// <summary>A launch failed: the configuration is out.</summary>
    public void Fail(int candidate) => _failed.Add(candidate);

    /// <summary>Whether a launch failed.</summary>
    public bool HasFailed(int candidate) => _failed.Contains(candidate);

    /// <summary>How many launches a configuration has.</summary>
    public int Launches(int candidate) => _values[candidate].Count;

    /// <summary>The logarithm of the ratio of two costs, from the rounds that both have: what hits both in a round cancels out.</summary>
    /// <param name="candidate">A configuration.</param>
    /// <param name="other">What it is compared with.</param>
    /// <param name="level">The confidence of the interval.</param>
    /// <returns>Estimate and interval; null without a common round.</returns>
    public (double Value, ConfidenceInterval? Interval)? Difference(int candidate, int other, double level)
    {
        double[] differences = [.. _values[candidate].Where(entry => _values[other].ContainsKey(entry.Key))
            .Select(entry => Math.Log(entry.Value.Cost / _values[other][entry.Key].Cost))];
        return differences.Length == 0 ? null : TrimmedMean.Of(differences, level);
    }

    /// <summary>The configurations from the cheapest to the dearest; those beyond the limit after the others, from the quickest
    /// on.</summary>
    /// <param name="among">Configurations that have launches in the same rounds.</param>
    public IReadOnlyList<int> Ranked(IReadOnlyList<int> among)
    {
        var levels = among.SelectMany(candidate => _values[candidate].Keys).Distinct().ToDictionary(round => round, round => among
            .Where(candidate => _values[candidate].ContainsKey(round))
            .Select(candidate => Math.Log(_values[candidate][round].Cost)).Median());
        double Cost(int candidate) =>
            TrimmedMean.Of([.. _values[candidate].Select(entry => Math.Log(entry.Value.Cost) - levels[entry.Key])], 0.5).Value;
        return [.. among.OrderBy(IsOver).ThenBy(candidate => IsOver(candidate) ? LatencyMs(candidate)!.Value : Cost(candidate))
            .ThenBy(candidate => candidate)];
    }

    /// <summary>Whether it takes longer than the limit allows, as far as is known.</summary>
    public bool IsOver(int candidate) => LatencyMs(candidate) is { } latency && latency > limitMs;

    /// <summary>Whether more launches must say on which side of the limit it is.</summary>
    public bool IsNearLimit(int candidate) =>
        LatencyMs(candidate) is { } latency && latency < limitMs * NearLimit && latency > limitMs / NearLimit;

    /// <summary>Whether it is shown to take longer than the limit allows: every launch does, by a quarter, or the interval of several lies
    /// beyond it.</summary>
    public bool IsShownOver(int candidate)
    {
        double[] latencies = [.. _values[candidate].Values.Select(value => value.LatencyMs).OfType<double>()];
        return limitMs is { } limit && latencies.Length > 0 && (latencies.Min() > Margin * limit
            || (latencies.Length > 2
                && TrimmedMean.Of([.. latencies.Select(latency => Math.Log(latency))], 0.95).Interval!.Lower > Math.Log(limit)));
    }

    /// <summary>The median over launches of the latency that the limit is on, in ms; null without a limit or launches.</summary>
    public double? LatencyMs(int candidate) => limitMs is null ? null
        : _values[candidate].Values.Select(value => value.LatencyMs).OfType<double>().ToArray() is { Length: > 0 } latencies
            ? latencies.Median()
            : null;
}
