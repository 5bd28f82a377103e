using Bench.Analysis.Measurements;

namespace Bench.Analysis.Cost;

/// <summary>What a million images cost in USD, with what is uncertain of the time and of the price apart.</summary>
/// <param name="UsdPerMillionImages">At the mean latency and the mean price.</param>
/// <param name="HalfWidth">What the half-width of the latency's interval adds or takes; null without an interval.</param>
/// <param name="LowUsdPerMillionImages">At the cheapest provider's price.</param>
/// <param name="HighUsdPerMillionImages">At the dearest provider's price.</param>
public sealed record CostEstimate(
    double UsdPerMillionImages, double? HalfWidth, double LowUsdPerMillionImages, double HighUsdPerMillionImages)
{
    /// <summary>The cost of a cell.</summary>
    /// <param name="latency">What is known of its latency.</param>
    /// <param name="startMs">How long it takes to load the network and to build the engine, in ms; null if unknown.</param>
    /// <param name="price">What an hour costs.</param>
    /// <param name="model">How times and prices become costs.</param>
    /// <returns>The cost, or null if starts count and nobody knows how long one takes.</returns>
    public static CostEstimate? Of(LatencyEstimate latency, double? startMs, HourlyPrice price, CostModel model) =>
        startMs is null && model.ImagesPerStart is not null ? null : Of(latency, startMs ?? 0, price, model);

    private static CostEstimate Of(LatencyEstimate latency, double startMs, HourlyPrice price, CostModel model) => new(
        model.UsdPerMillionImages(latency.MeanMs, startMs, price.UsdPerHour, price.OnlyWhileWorking),
        latency.MeanInterval is { } interval
            ? interval.HalfWidth * model.UsdPerMillionPerMs(price.UsdPerHour, price.OnlyWhileWorking)
            : null,
        model.UsdPerMillionImages(latency.MeanMs, startMs, price.LowUsdPerHour, price.OnlyWhileWorking),
        model.UsdPerMillionImages(latency.MeanMs, startMs, price.HighUsdPerHour, price.OnlyWhileWorking));
}
