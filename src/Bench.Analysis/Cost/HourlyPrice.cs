namespace Bench.Analysis.Cost;

/// <summary>What an hour of a machine costs, with the spread between providers.</summary>
/// <param name="UsdPerHour">The mean over providers, or what the user gave.</param>
/// <param name="LowUsdPerHour">The cheapest provider.</param>
/// <param name="HighUsdPerHour">The dearest provider.</param>
/// <param name="Origin">Where the price comes from, for the report.</param>
public sealed record HourlyPrice(double UsdPerHour, double LowUsdPerHour, double HighUsdPerHour, string Origin)
{
    private const double SecondsPerHour = 3600;
    private const double MillisecondsPerSecond = 1000;
    private const double Images = 1e6;

    /// <summary>A price that the user gave.</summary>
    /// <param name="usdPerHour">USD per hour; finite and above 0.</param>
    /// <returns>The price, without a spread.</returns>
    public static HourlyPrice Given(double usdPerHour) => double.IsFinite(usdPerHour) && usdPerHour > 0
        ? new HourlyPrice(usdPerHour, usdPerHour, usdPerHour, "given by the user")
        : throw new ArgumentOutOfRangeException(nameof(usdPerHour), usdPerHour, "Expected a finite price above 0 USD per hour.");

    /// <summary>What a million images cost: mean seconds per image × 10⁶ / 3600 × USD per hour.</summary>
    /// <param name="meanMs">The mean latency in ms.</param>
    /// <param name="usdPerHour">The price of an hour.</param>
    /// <returns>USD.</returns>
    public static double PerMillionImages(double meanMs, double usdPerHour) =>
        meanMs / MillisecondsPerSecond * Images / SecondsPerHour * usdPerHour;
}
