using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Tests.Decision;

/// <summary>Candidates that are easy to reckon with: 3.6 ms at one USD an hour are one USD per million images.</summary>
internal static class DecisionFixture
{
    public const double MsPerUsd = 3.6;

    public static Candidate Candidate(string name, double ms, double usdPerHour, double? halfWidth = 0) =>
        With(name, new LatencyBound(ms, ms - halfWidth, ms + halfWidth, halfWidth is null ? "one launch" : null), ms,
            HourlyPrice.Given(usdPerHour, name));

    public static Candidate With(string name, LatencyBound latency, double meanMs, HourlyPrice price, LatencyDraws? draws = null) => new()
    {
        Cell = CellId.Parse($"m/{name}/fp32/linux-x64"),
        Hardware = price.Hardware ?? name,
        RunId = $"run of {name}",
        Label = name,
        Price = price,
        Latency = latency,
        Throughput = ThroughputEstimate.Published(meanMs),
        Cost = Cost(meanMs, price),
        MetricChange = 0,
        Comparison = Compared(EquivalenceVerdict.Equivalent),
        ModelBytes = 1_000_000,
        Draws = draws,
        IsPublished = draws is null,
    };

    /// <summary>A comparison of outputs with a verdict, at the reference's own precision.</summary>
    public static OutputComparison Compared(EquivalenceVerdict verdict)
    {
        double[] scores = [.. Enumerable.Range(0, 300).Select(i => 0.5 + (0.001 * (i % 7)))];
        var options = new EquivalenceOptions { LargestDifference = 1 };
        var paired = PairedEquivalence.Of(scores, scores, verdict == EquivalenceVerdict.Identical ? 0 : 0.001, options);
        return new OutputComparison(
            "m/ort-cpu/fp32/linux-x64", OutputQuestion.SameOutputs, 0,
            new OutputEvidence(paired, null, null, options.Margin, options.Significance), 1, verdict, QualityVerdict.Kept);
    }

    public static HourlyPrice Price(string hardware, params double[] providers) => new(
        providers.Min(), providers.Min(), providers.Max(), "test", hardware,
        [.. providers.Select((usd, i) => new ProviderPrice($"P{i}", usd))], OnlyWhileWorking: false, []);

    public static CostEstimate Cost(double meanMs, HourlyPrice price)
    {
        double Usd(double usdPerHour) => CostModel.Runtime.UsdPerMillionImages(meanMs, 0, usdPerHour, onlyWhileWorking: false);
        return new CostEstimate(Usd(price.UsdPerHour), null, Usd(price.LowUsdPerHour), Usd(price.HighUsdPerHour));
    }
}
