using System.Globalization;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Cost;

/// <summary>Dated and sourced prices of hardware. The built-in ones are <c>hardware.csv</c> and <c>prices.csv</c> beside this file.</summary>
/// <param name="Hardware">What can be bought.</param>
/// <param name="Offers">What providers ask for it.</param>
public sealed record PriceCatalogue(IReadOnlyList<Hardware> Hardware, IReadOnlyList<PriceOffer> Offers)
{
    /// <summary>The keys of the hardware that there are prices for.</summary>
    public IEnumerable<string> Priced => Hardware.Select(hardware => hardware.Key).Where(key => Find(key) is not null).Order(StringComparer.Ordinal);

    /// <summary>Reads the built-in prices.</summary>
    /// <returns>The catalogue.</returns>
    public static PriceCatalogue BuiltIn() => Resource("hardware.csv").With(Resource("prices.csv"));

    /// <summary>Reads prices from a CSV file: tables of hardware, offers and machines of one's own, each begun by its header.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The catalogue, not yet checked.</returns>
    /// <exception cref="RunFormatException">The file is missing or has a fault; all faults are reported together.</exception>
    public static PriceCatalogue Read(string path) => PriceFile.Read(path);

    /// <summary>Reads prices from CSV text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <returns>The catalogue, not yet checked.</returns>
    /// <exception cref="RunFormatException">The text has a fault; all faults are reported together.</exception>
    public static PriceCatalogue Parse(string text, string source) => PriceFile.Parse(text, source);

    /// <summary>Adds another catalogue's rows, which replace those of the same hardware key, or of the same offer.</summary>
    /// <param name="other">The other catalogue.</param>
    /// <returns>Both.</returns>
    public PriceCatalogue With(PriceCatalogue other)
    {
        var (hardware, offers) = (other.Hardware.Select(replacing => replacing.Key).ToHashSet(), other.Offers.Select(replacing => replacing.Key).ToHashSet());
        return new PriceCatalogue([.. Hardware.Where(row => !hardware.Contains(row.Key)), .. other.Hardware], [.. Offers.Where(row => !offers.Contains(row.Key)), .. other.Offers]);
    }

    /// <summary>The price of a hardware: the mean over providers, each first averaged over its own all-in offers.</summary>
    /// <param name="hardware">The key.</param>
    /// <param name="purchase">On what terms; null for on demand, or the price of one's own machine where nobody rents it out.</param>
    /// <returns>The price, or null if there is none.</returns>
    public HourlyPrice? Find(string hardware, Purchase? purchase = null)
    {
        var offers = Offers.Where(offer => offer.Hardware == hardware && offer.AllIn).ToList();
        var terms = purchase ?? (offers.Exists(offer => offer.Purchase == Purchase.OnDemand) ? Purchase.OnDemand : Purchase.OnPremise);
        var providers = offers.Where(offer => offer.Purchase == terms).GroupBy(offer => offer.Provider).OrderBy(provider => provider.Key, StringComparer.Ordinal).ToList();
        if (providers.Count == 0)
        {
            return null;
        }

        var prices = providers.ConvertAll(provider => new ProviderPrice(provider.Key, provider.Average(offer => offer.UsdPerDeviceHour)));
        return new HourlyPrice(
            prices.Average(price => price.UsdPerHour),
            prices.Min(price => price.UsdPerHour),
            prices.Max(price => price.UsdPerHour),
            Origin(hardware, terms, [.. providers.SelectMany(provider => provider)]),
            hardware,
            prices,
            OnlyWhileWorking: terms == Purchase.OnPremise,
            [.. Outliers([.. providers.SelectMany(provider => provider)])]);
    }

    private static IEnumerable<string> Outliers(IReadOnlyList<PriceOffer> offers)
    {
        IReadOnlyList<double> peers = [.. offers.Select(offer => offer.UsdPerDeviceHour)];
        foreach (var offer in offers)
        {
            if (Outlier.Of(offer.UsdPerDeviceHour, peers) is { } ratio)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{offer.Provider}'s {offer.Instance} asks {ratio:0.00} times the median of {offer.Hardware}");
            }
        }
    }

    private static string Origin(string hardware, Purchase terms, IReadOnlyList<PriceOffer> offers)
    {
        var (first, last) = (offers.Min(offer => offer.Retrieved), offers.Max(offer => offer.Retrieved));
        var dates = first == last ? Day(first) : $"{Day(first)} to {Day(last)}";
        var names = offers.GroupBy(offer => offer.Provider).Select(provider => provider.Any(offer => offer.Devices > 1)
            ? string.Create(CultureInfo.InvariantCulture, $"{provider.Key} (one of {provider.Max(offer => offer.Devices)} devices)")
            : provider.Key);
        return $"{hardware}, {terms.Name()}: {string.Join(", ", names)}; {(offers.Count == 1 ? "price" : "mean of prices")} of {dates}";
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static PriceCatalogue Resource(string name) => Parse(EmbeddedFile.Read(name), name);
}
