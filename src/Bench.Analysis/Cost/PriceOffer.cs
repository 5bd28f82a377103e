namespace Bench.Analysis.Cost;

/// <summary>What one provider asks for an hour of a machine.</summary>
/// <param name="Hardware">The key of the hardware.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Instance">Its name for the machine.</param>
/// <param name="Region">Where.</param>
/// <param name="UsdPerHour">USD per hour, above 0.</param>
/// <param name="AllIn">False if the price is for the accelerator alone and a host must be added.</param>
/// <param name="Retrieved">The day of the price.</param>
/// <param name="Source">Where the price was read.</param>
public sealed record PriceOffer(
    string Hardware, string Provider, string Instance, string Region, double UsdPerHour, bool AllIn, DateOnly Retrieved, string Source);
