using System.Text.Json.Serialization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Cost;

/// <summary>What a million images cost in USD, with what is uncertain of the time and of the price apart.</summary>
/// <param name="UsdPerMillionImages">At the mean time of an image and the mean price.</param>
/// <param name="HalfWidth">What the half-width of the time's interval adds or takes; null without an interval, or where the cost does not
/// depend on the time.</param>
/// <param name="LowUsdPerMillionImages">At the cheapest provider's price.</param>
/// <param name="HighUsdPerMillionImages">At the dearest provider's price.</param>
public sealed record CostEstimate(
    double UsdPerMillionImages, double? HalfWidth, double LowUsdPerMillionImages, double HighUsdPerMillionImages)
{
    /// <summary>The cost for people: four digits, without the sign of the currency.</summary>
    [JsonIgnore]
    public string Text => Figures.Usd(UsdPerMillionImages);

    /// <summary>The cost of a cell.</summary>
    /// <param name="throughput">How many images it processes.</param>
    /// <param name="startMs">How long it takes to load the network and to build the engine, in ms; null if unknown.</param>
    /// <param name="price">What an hour costs.</param>
    /// <param name="model">How times and prices become costs.</param>
    /// <returns>The cost, or null if starts count and nobody knows how long one takes.</returns>
    public static CostEstimate? Of(ThroughputEstimate throughput, double? startMs, HourlyPrice price, CostModel model) =>
        startMs is null && model.ImagesPerStart is not null ? null : Of(throughput, startMs ?? 0, price, model);

    private static CostEstimate Of(ThroughputEstimate throughput, double startMs, HourlyPrice price, CostModel model) => new(
        model.UsdPerMillionImages(throughput.ImageMs, startMs, price.UsdPerHour, price.OnlyWhileWorking),
        model.ImagesPerSecond is null && throughput.ImageInterval is { } interval
            ? interval.HalfWidth * model.UsdPerMillionPerMs(price.UsdPerHour, price.OnlyWhileWorking)
            : null,
        model.UsdPerMillionImages(throughput.ImageMs, startMs, price.LowUsdPerHour, price.OnlyWhileWorking),
        model.UsdPerMillionImages(throughput.ImageMs, startMs, price.HighUsdPerHour, price.OnlyWhileWorking));
}
