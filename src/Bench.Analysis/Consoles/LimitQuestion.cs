using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Consoles;

/// <summary>A limit that was asked of a run whose requests came one after the other.</summary>
/// <param name="LimitMs">The limit in ms, above 0.</param>
/// <param name="Quantile">The share of requests that must meet it: 0.9 or 0.99.</param>
public sealed record LimitQuestion(double LimitMs, double Quantile)
{
    private const double P99 = 0.99;

    /// <summary>Which measurements are shown to meet it, to miss it, or neither: a sentence for each answer that any has.</summary>
    /// <param name="rows">What was measured.</param>
    /// <param name="firstLook">The launches of the run; the advice is to have more.</param>
    internal IEnumerable<string> Answers(IReadOnlyList<MeasurementRow> rows, int firstLook)
    {
        var asked = FormattableString.Invariant($"P{100 * Quantile:0} within {LimitMs} ms");
        var judged = Judged(rows);
        if (judged[true].Any())
        {
            yield return $"{asked} is shown to be met by {Names(judged[true])}.";
        }

        if (judged[null].Any())
        {
            yield return $"{asked} is undecided of {Names(judged[null])}: so few launches, or so different ones, do not bound it. "
                + FormattableString.Invariant($"More launches say more: --launches {4 * Math.Max(firstLook, 5)}.");
        }

        if (judged[false].Any())
        {
            yield return $"{asked} is shown to be missed by {Names(judged[false])}.";
        }
    }

    /// <summary>Whether of no measurement it is shown that it meets the limit, and of some not that it misses it.</summary>
    /// <param name="rows">What was measured of a model.</param>
    public bool IsUndecided(IReadOnlyList<MeasurementRow> rows) => Judged(rows) is var judged && !judged[true].Any() && judged[null].Any();

    // What was not computed as asked says nothing of what was asked.
    private ILookup<bool?, MeasurementRow> Judged(IReadOnlyList<MeasurementRow> rows) => rows
        .Where(row => row is { Latency: not null, Load: null, HasComparableTime: true }
            && row.Comparison?.Answer.StartsWith("not tested", StringComparison.Ordinal) != true).ToLookup(Meets);

    /// <summary>Whether a measurement is shown to meet the limit; false if it is shown to miss it, null if neither.</summary>
    /// <param name="row">A measurement of a closed load that was measured.</param>
    public bool? Meets(MeasurementRow row) => Interval(row.Latency!)?.Upper <= LimitMs ? true
        : Lower(row.Latency!) > LimitMs ? false
        : null;

    /// <summary>What a lower percentile is not below, no higher one is.</summary>
    private double? Lower(LatencyEstimate latency) =>
        Interval(latency)?.Lower ?? (Quantile < P99 ? null : latency.P90Interval?.Lower) ?? latency.P50Interval?.Lower;

    private ConfidenceInterval? Interval(LatencyEstimate latency) => Quantile < P99 ? latency.P90Interval : latency.P99Interval;

    private string Names(IEnumerable<MeasurementRow> rows) => ConsoleNames.Some([.. rows.Select(row =>
        $"{ConsoleNames.Of(row.Measurement)}{Known(row.Latency!)}")]);

    private string Known(LatencyEstimate latency) =>
        (Quantile < P99 ? latency.P90Ms : latency.P99Ms) is not { } ms ? string.Empty
        : Interval(latency) is { } interval ? $" ({Figures.Ms(ms)} [{Figures.Ms(interval.Lower)}, {Figures.Ms(interval.Upper)}] ms)"
        : $" (about {Figures.Ms(ms)} ms)";
}
