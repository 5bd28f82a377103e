using System.Text.Json.Serialization;

namespace Bench.Analysis.Cost;

/// <summary>What an hour of a device costs, with the spread between providers.</summary>
/// <param name="UsdPerHour">What the cheapest offer asks, or what the user gave: a price that somebody sells for, never a mean.</param>
/// <param name="LowUsdPerHour">The cheapest provider.</param>
/// <param name="HighUsdPerHour">The dearest provider.</param>
/// <param name="Origin">Where the price comes from, for the report.</param>
/// <param name="Hardware">The key of the hardware; null if only a price is known.</param>
/// <param name="Providers">What each provider asks; empty if the user gave the price.</param>
/// <param name="OnlyWhileWorking">Whether only hours of work are paid, because the price has the idle ones in it:
/// a machine of one's own.</param>
/// <param name="Doubts">What is doubtful of it.</param>
public sealed record HourlyPrice(
    double UsdPerHour,
    double LowUsdPerHour,
    double HighUsdPerHour,
    string Origin,
    string? Hardware,
    IReadOnlyList<ProviderPrice> Providers,
    bool OnlyWhileWorking,
    IReadOnlyList<string> Doubts)
{
    /// <summary>The offers that the price is found among; empty if the user gave it, or the machine is one's own.</summary>
    [JsonIgnore]
    public IReadOnlyList<SoldAs> Sold { get; init; } = [];

    /// <summary>What the machine costs if it is one's own; null if it is rented, or the user gave the price of an hour.</summary>
    [JsonIgnore]
    public OnPremise? Own { get; init; }

    /// <summary>A price that the user gave.</summary>
    /// <param name="usdPerHour">USD per hour; finite and above 0.</param>
    /// <param name="hardware">The key of the hardware; null if unknown.</param>
    /// <param name="origin">Who gave it.</param>
    /// <returns>The price, without a spread.</returns>
    public static HourlyPrice Given(double usdPerHour, string? hardware = null, string origin = "given by the user") =>
        double.IsFinite(usdPerHour) && usdPerHour > 0
            ? new HourlyPrice(usdPerHour, usdPerHour, usdPerHour, origin, hardware, [], OnlyWhileWorking: false, [])
            : throw new ArgumentOutOfRangeException(nameof(usdPerHour), usdPerHour, "Expected a finite price above 0 USD per hour.");

    /// <summary>The price of a part, or of a multiple.</summary>
    /// <param name="factor">How many times as much; above 0.</param>
    /// <param name="how">Why, for the report.</param>
    internal HourlyPrice Times(double factor, string how) => this with
    {
        UsdPerHour = UsdPerHour * factor,
        LowUsdPerHour = LowUsdPerHour * factor,
        HighUsdPerHour = HighUsdPerHour * factor,
        Providers = [.. Providers.Select(provider => provider with { UsdPerHour = provider.UsdPerHour * factor })],
        Sold = [.. Sold.Select(sold => sold with { Holds = sold.Holds / factor })],
        Origin = $"{Origin}; {how}",
    };

    /// <summary>The price with a reason for doubt more.</summary>
    internal HourlyPrice Doubting(string doubt) => this with { Doubts = [.. Doubts, doubt] };
}

/// <summary>What one provider asks for an hour of a hardware: its cheapest offer.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="UsdPerHour">USD per hour of one device.</param>
public sealed record ProviderPrice(string Provider, double UsdPerHour);
