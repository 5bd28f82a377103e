namespace Bench.Analysis.Cost;

/// <summary>The price of what a cell ran on, or why there is none.</summary>
/// <param name="Price">The price; null if unknown.</param>
/// <param name="WhyNot">Why it is unknown; null if it is not.</param>
public sealed record PriceFinding(HourlyPrice? Price, string? WhyNot = null)
{
    /// <summary>There is no price.</summary>
    /// <param name="why">Why, as the end of a sentence that begins with "for".</param>
    internal static PriceFinding None(string why) => new(null, why);
}
