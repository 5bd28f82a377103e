using System.Globalization;

namespace Bench.Analysis.Cost;

/// <summary>The catalogue as people should see it: what each hardware costs, how far providers are apart, and what is doubtful.</summary>
/// <param name="Hardware">A row for each hardware, by key.</param>
/// <param name="Offers">A row for each offer, by hardware, provider and price.</param>
/// <param name="Faults">What is wrong with the catalogue.</param>
public sealed record PriceList(IReadOnlyList<HardwarePrice> Hardware, IReadOnlyList<FlaggedOffer> Offers, IReadOnlyList<string> Faults)
{
    /// <summary>Lists a catalogue.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="today">The day from which the age of prices counts.</param>
    /// <param name="purchase">On what terms; null as in <see cref="PriceCatalogue.Find"/>.</param>
    /// <returns>The list.</returns>
    public static PriceList Of(PriceCatalogue catalogue, DateOnly today, Purchase? purchase = null)
    {
        var peers = catalogue.Offers.Where(offer => offer.AllIn)
            .GroupBy(offer => (offer.Hardware, offer.Purchase))
            .ToDictionary(offers => offers.Key, offers => (IReadOnlyList<double>)[.. offers.Select(offer => offer.UsdPerDeviceHour)]);
        return new PriceList(
            [.. catalogue.Hardware.OrderBy(hardware => hardware.Key, StringComparer.Ordinal)
                .Select(hardware => new HardwarePrice(hardware, catalogue.Find(hardware.Key, purchase)))],
            [.. catalogue.Offers
                .OrderBy(offer => offer.Hardware, StringComparer.Ordinal)
                .ThenBy(offer => offer.Provider, StringComparer.Ordinal)
                .ThenBy(offer => offer.UsdPerDeviceHour)
                .Select(offer => new FlaggedOffer(
                    offer, [.. Flags(offer, peers.GetValueOrDefault((offer.Hardware, offer.Purchase), []), today)]))],
            CatalogueCheck.Faults(catalogue, today));
    }

    /// <summary>The keys of the hardware in whose key, name, provider or offer a text stands, in upper or lower case. Where it is a key,
    /// that one alone.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<string> Named(string text) => Hardware.Any(row => row.Hardware.Key == text) ? [text]
        : [.. Hardware.Where(row => Has(row.Hardware.Key, text) || Has(row.Hardware.Name, text) || Offers.Any(offer =>
                offer.Offer.Hardware == row.Hardware.Key && (Has(offer.Offer.Provider, text) || Has(offer.Offer.Instance, text))))
            .Select(row => row.Hardware.Key)];

    private static bool Has(string name, string text) => name.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Flags(PriceOffer offer, IReadOnlyList<double> peers, DateOnly today)
    {
        if (offer.Retrieved < today.AddYears(-1))
        {
            yield return "older than a year";
        }

        if (!offer.AllIn)
        {
            yield return "accelerator only, without a host: does not count";
            yield break;
        }

        if (Outlier.Of(offer.UsdPerDeviceHour, peers) is { } ratio)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"outlier: {ratio:0.00}× the median");
        }
    }
}

/// <summary>What a hardware costs.</summary>
/// <param name="Hardware">The hardware.</param>
/// <param name="Price">Its price; null if no offer has one.</param>
public sealed record HardwarePrice(Hardware Hardware, HourlyPrice? Price);

/// <summary>An offer, and what is doubtful of it.</summary>
/// <param name="Offer">The offer.</param>
/// <param name="Flags">Reasons for doubt; none if it is fine.</param>
public sealed record FlaggedOffer(PriceOffer Offer, IReadOnlyList<string> Flags);
