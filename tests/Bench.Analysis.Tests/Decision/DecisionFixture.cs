using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Statistics.Resampling;

namespace Bench.Analysis.Tests.Decision;

/// <summary>Candidates that are easy to reckon with: 3.6 ms at one USD an hour are one USD per million images.</summary>
internal static class DecisionFixture
{
    public const double MsPerUsd = 3.6;

    public static Candidate Candidate(string name, double ms, double usdPerHour, double? halfWidth = 0) =>
        With(name, new LatencyBound(ms, ms - halfWidth, ms + halfWidth, halfWidth is null ? "one launch" : null), ms, HourlyPrice.Given(usdPerHour, name));

    public static Candidate With(string name, LatencyBound latency, double meanMs, HourlyPrice price, LatencyDraws? draws = null) => new(
        $"m/{name}/fp32/linux-x64",
        price.Hardware ?? name,
        $"run of {name}",
        name,
        price,
        latency,
        meanMs,
        StartMs: 0,
        Cost(meanMs, price),
        MetricChange: 0,
        EquivalenceVerdict.Equivalent,
        ModelBytes: 1_000_000,
        MetricChangeInterval: null,
        draws,
        IsPublished: draws is null);

    public static HourlyPrice Price(string hardware, params double[] providers) => new(
        providers.Average(), providers.Min(), providers.Max(), "test", hardware, [.. providers.Select((usd, i) => new ProviderPrice($"P{i}", usd))], OnlyWhileWorking: false, []);

    public static CostEstimate Cost(double meanMs, HourlyPrice price)
    {
        double Usd(double usdPerHour) => CostModel.Runtime.UsdPerMillionImages(meanMs, 0, usdPerHour, onlyWhileWorking: false);
        return new CostEstimate(Usd(price.UsdPerHour), null, Usd(price.LowUsdPerHour), Usd(price.HighUsdPerHour));
    }
}
