using System.Globalization;
using System.Text;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Cost;

/// <summary>Writes a price list for people.</summary>
public static class MarkdownPrices
{
    /// <summary>Writes a price list as markdown.</summary>
    /// <param name="list">The list.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(PriceList list)
    {
        var text = new StringBuilder("# What an hour costs\n\n");
        WriteHardware(text, list.Hardware);
        text.Append("\n## Offers\n\n");
        WriteOffers(text, list.Offers);
        if (list.Faults.Count > 0)
        {
            text.Append("\n## Faults\n\n");
            foreach (var fault in list.Faults)
            {
                text.Append("- ").Append(fault).Append('\n');
            }
        }

        text.Append(
            "\n## How to read it\n\n"
            + "- USD per hour is that of one device: an hour of a machine with eight is divided by eight. "
            + "It is the cheapest offer's; report, decide and gate take one provider's with `--provider`.\n"
            + "- spread: the dearest provider over the cheapest. A buyer picks one of them: a decision shows the range in brackets.\n"
            + "- Prices of an accelerator alone say nothing without a host, and do not count.\n"
            + "- A machine of one's own, given with `--prices`: "
            + "purchase price / (years × 8,760 h × utilisation) + watts / 1,000 × USD per kWh, for an hour in which it works.\n");
        return text.ToString();
    }

    private static void WriteHardware(StringBuilder text, IReadOnlyList<HardwarePrice> rows)
    {
        var table = new MarkdownTable(
            "hardware", "what it is", "vCPU", "GiB", "year", "providers", "USD per hour", "lowest", "highest", "spread");
        foreach (var (hardware, price) in rows)
        {
            table.Add(
                hardware.Key,
                hardware.Name,
                Figures.Optional(hardware.VirtualCores),
                Figures.Optional(hardware.MemoryGiB),
                Figures.Optional(hardware.Year),
                price is null ? "no price" : Figures.Text(price.Providers.Count, "0"),
                Usd(price?.UsdPerHour),
                Usd(price?.LowUsdPerHour),
                Usd(price?.HighUsdPerHour),
                price is { Providers.Count: > 1 } ? Figures.Ratio(price.HighUsdPerHour / price.LowUsdPerHour) : Figures.None);
        }

        table.WriteTo(text);
    }

    private static void WriteOffers(StringBuilder text, IReadOnlyList<FlaggedOffer> rows)
    {
        var table = new MarkdownTable("hardware", "provider", "instance", "region", "terms", "USD per hour", "devices", "USD per device",
            "retrieved", "source", "take care");
        foreach (var (offer, flags) in rows)
        {
            table.Add(
                offer.Hardware,
                offer.Provider,
                offer.Instance,
                offer.Region,
                offer.Purchase.Name(),
                Usd(offer.UsdPerHour),
                Figures.Text(offer.Devices, "0"),
                Usd(offer.UsdPerDeviceHour),
                offer.Retrieved.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                offer.Source,
                flags.Count == 0 ? Figures.None : string.Join("; ", flags));
        }

        table.WriteTo(text);
    }

    private static string Usd(double? usd) => usd is { } value ? Figures.Text(value, "0.0000") : Figures.None;
}
