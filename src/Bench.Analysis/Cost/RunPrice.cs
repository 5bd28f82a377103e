using Bench.Analysis.Runs;

namespace Bench.Analysis.Cost;

/// <summary>What an hour of a run's machine costs: what the user says, or else what the run recorded.</summary>
/// <param name="Prices">Prices by hardware.</param>
/// <param name="Hardware">The hardware of all runs; null to take what each run recorded.</param>
/// <param name="UsdPerHour">The price of an hour of all machines; null to take what each run recorded.</param>
public sealed record RunPrice(PriceCatalogue Prices, string? Hardware = null, double? UsdPerHour = null)
{
    /// <summary>Finds the price.</summary>
    /// <param name="folder">The run's folder, for messages.</param>
    /// <param name="manifest">What the run recorded.</param>
    /// <returns>The price, or null if nobody knows it.</returns>
    /// <exception cref="RunFormatException">The run recorded a hardware or a price that is none.</exception>
    /// <exception cref="ArgumentException">The user gave one that is none.</exception>
    public HourlyPrice? Of(RunFolder folder, RunManifest manifest)
    {
        Check();
        if (manifest.IsSlowedDown)
        {
            // Its times are made up in part.
            return null;
        }

        var (hardware, usdPerHour) = Hardware is null && UsdPerHour is null ? (manifest.Hardware, manifest.UsdPerHour) : (Hardware, UsdPerHour);
        if (usdPerHour is { } given)
        {
            return (given > 0 && double.IsFinite(given)) || UsdPerHour is not null
                ? HourlyPrice.Given(given)
                : throw new RunFormatException(folder.ManifestPath, $"found usdPerHour {given}; expected a price above 0.");
        }

        return hardware is null ? null : Prices.Find(hardware) ?? throw new RunFormatException(folder.ManifestPath, Unknown(hardware));
    }

    /// <summary>Checks what the user gave.</summary>
    /// <exception cref="ArgumentException">There is no such hardware.</exception>
    public void Check()
    {
        if (Hardware is { } hardware && Prices.Find(hardware) is null)
        {
            throw new ArgumentException(Unknown(hardware));
        }
    }

    private string Unknown(string hardware) =>
        $"Found no price for the hardware '{hardware}'; expected one of {string.Join(", ", Prices.Hardware)}, or --usd-per-hour.";
}
