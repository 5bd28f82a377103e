using Bench.Analysis.Rendering;

namespace Bench.Analysis.Cost;

/// <summary>How costs stand in tables.</summary>
internal static class CostText
{
    /// <summary>The cost, with its half-width and the range of prices where there are any: <c>2.88 ± 0.02 (2.5–3.1)</c>.</summary>
    public static string WithRange(this CostEstimate cost)
    {
        var format = Figures.UsdFormat(cost.UsdPerMillionImages);
        var text = Figures.Text(cost.UsdPerMillionImages, format);
        text = cost.HalfWidth is { } halfWidth ? $"{text} ± {Figures.Text(halfWidth, format)}" : text;
        return cost.LowUsdPerMillionImages == cost.HighUsdPerMillionImages
            ? text
            : $"{text} ({Figures.Text(cost.LowUsdPerMillionImages, format)}–{Figures.Text(cost.HighUsdPerMillionImages, format)})";
    }
}
