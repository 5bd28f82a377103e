using System.Text.Json.Serialization;

namespace Bench.Analysis.Cost;

/// <summary>What one provider asks for an hour of a machine.</summary>
/// <param name="Hardware">The key of the hardware.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Instance">Its name for the machine.</param>
/// <param name="Region">Where.</param>
/// <param name="UsdPerHour">USD for an hour of the whole machine, above 0.</param>
/// <param name="Purchase">On what terms.</param>
/// <param name="AllIn">False if the price is for the accelerator alone and a host must be added.</param>
/// <param name="Devices">How many devices share the hour: 8 for a machine with eight graphics processors.</param>
/// <param name="Retrieved">The day of the price.</param>
/// <param name="Source">Where the price was read.</param>
public sealed record PriceOffer(
    string Hardware,
    string Provider,
    string Instance,
    string Region,
    double UsdPerHour,
    Purchase Purchase,
    bool AllIn,
    int Devices,
    DateOnly Retrieved,
    string Source)
{
    /// <summary>What the machine costs if it is one's own; null if it is rented.</summary>
    [JsonIgnore]
    public OnPremise? Own { get; init; }

    /// <summary>USD for an hour of one device.</summary>
    public double UsdPerDeviceHour => UsdPerHour / Devices;

    /// <summary>What two offers must not have in common.</summary>
    internal (string Hardware, string Provider, string Instance, string Region, Purchase Purchase) Key =>
        (Hardware, Provider, Instance, Region, Purchase);
}
