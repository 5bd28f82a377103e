using System.Globalization;
using Bench.Analysis.Cost;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Consoles;

/// <summary>Writes a price list for a console: what an hour costs, and who sells it.</summary>
public static class ConsolePrices
{
    private const int Widest = 100;
    private const int MostInDetail = 6;

    /// <summary>Writes a price list in 100 columns.</summary>
    /// <param name="list">The list.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(PriceList list, int width = Widest)
    {
        var page = new ConsolePage(Math.Min(Widest, width));
        WriteHardware(page, list.Hardware);
        if (list.Hardware.Count <= MostInDetail && list.Offers.Count > 0)
        {
            page.Append('\n');
            WriteOffers(page, list.Offers);
        }

        page.Append('\n');
        page.Write("$/hour", "of one device: the cheapest offer, and the cheapest of the dearest provider.");
        foreach (var fault in list.Faults)
        {
            page.Write("Fault", fault);
        }

        page.Write("Next", "bench prices TEXT finds by part of a name; --offers shows every offer with its source.");
        return page.ToString();
    }

    private static void WriteHardware(ConsolePage page, IReadOnlyList<HardwarePrice> rows)
    {
        var table = new ConsoleTable(
            new("hardware"), new("what it is", MayBeCut: true), new("vCPU", IsNumber: true, IsOptional: true),
            new("GiB", IsNumber: true, IsOptional: true),
            new("$/hour", IsNumber: true), new("to", IsNumber: true), new("cheapest", MayBeCut: true));
        foreach (var (hardware, price) in rows)
        {
            table.Add(hardware.Key, hardware.Name, Figures.Optional(hardware.VirtualCores), Figures.Optional(hardware.MemoryGiB),
                price is null ? "no price" : Figures.Usd(price.UsdPerHour),
                price is null ? Figures.None : Figures.Usd(price.HighUsdPerHour),
                price is null ? Figures.None : price.Sold.Count == 0 ? "one's own" : Sold(price.Sold[0]));
        }

        page.Write(table);
    }

    private static string Sold(SoldAs sold) => $"{sold.Provider} {sold.Instance}"
        + (sold.Holds > 1 ? string.Create(CultureInfo.InvariantCulture, $", 1 of {sold.Holds:0}") : string.Empty);

    private static void WriteOffers(ConsolePage page, IReadOnlyList<FlaggedOffer> rows)
    {
        var table = new ConsoleTable(new("hardware"), new("provider"), new("instance", MayBeCut: true), new("region", IsOptional: true),
            new("terms", IsOptional: true), new("$/hour", IsNumber: true), new("devices", IsNumber: true), new("priced", IsOptional: true),
            new("take care", MayBeCut: true));
        foreach (var (offer, flags) in rows)
        {
            table.Add(offer.Hardware, offer.Provider, offer.Instance, offer.Region, offer.Purchase.Name(), Figures.Usd(offer.UsdPerHour),
                Figures.Text(offer.Devices, "0"), offer.Retrieved.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                string.Join("; ", flags));
        }

        page.Write(table);
    }
}
