using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Cost;

/// <summary>Dated and sourced prices of hardware. The built-in ones are <c>hardware.csv</c> and <c>prices.csv</c>
/// beside this file.</summary>
/// <param name="Hardware">What can be bought.</param>
/// <param name="Offers">What providers ask for it.</param>
public sealed record PriceCatalogue(IReadOnlyList<Hardware> Hardware, IReadOnlyList<PriceOffer> Offers)
{
    // What is paid if nobody says on what terms.
    private static readonly Purchase[] TermsOrder = [Purchase.OnDemand, Purchase.OnPremise, Purchase.Reserved, Purchase.Spot];

    /// <summary>The keys of the hardware that there are prices for.</summary>
    public IEnumerable<string> Priced =>
        Hardware.Select(hardware => hardware.Key).Where(key => Find(key) is not null).Order(StringComparer.Ordinal);

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

    /// <summary>The providers that there are offers of.</summary>
    public IEnumerable<string> Providers => Offers.Select(offer => offer.Provider).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Adds another catalogue's rows. They replace those of the same hardware key, and all offers for that hardware:
    /// one's own price is the price.</summary>
    /// <param name="other">The other catalogue.</param>
    /// <returns>Both.</returns>
    public PriceCatalogue With(PriceCatalogue other)
    {
        var (hardware, priced) = (other.Hardware.Select(replacing => replacing.Key).ToHashSet(),
            other.Offers.Select(replacing => replacing.Hardware).ToHashSet());
        return new PriceCatalogue([.. Hardware.Where(row => !hardware.Contains(row.Key)), .. other.Hardware],
            [.. Offers.Where(row => !priced.Contains(row.Hardware)), .. other.Offers]);
    }

    /// <summary>The price of a hardware: its cheapest all-in offer, with the spread over providers.</summary>
    /// <param name="hardware">The key.</param>
    /// <param name="purchase">On what terms; null for on demand, or else whatever terms there are.</param>
    /// <param name="provider">The only provider that counts, in upper or lower case; null for all.</param>
    /// <returns>The price, or null if there is none.</returns>
    public HourlyPrice? Find(string hardware, Purchase? purchase = null, string? provider = null)
    {
        var offers = Offers
            .Where(offer => offer.Hardware == hardware && offer.AllIn
                && (provider is null || string.Equals(offer.Provider, provider, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var terms = purchase ?? TermsOrder.FirstOrDefault(known => offers.Exists(offer => offer.Purchase == known));
        var sold = offers.Where(offer => offer.Purchase == terms).OrderBy(offer => offer.UsdPerDeviceHour).ToList();
        if (sold.Count == 0)
        {
            return null;
        }

        var prices = sold.GroupBy(offer => offer.Provider).Select(offer => new ProviderPrice(offer.Key, offer.First().UsdPerDeviceHour))
            .OrderBy(price => price.Provider, StringComparer.Ordinal).ToList();
        return new HourlyPrice(
            sold[0].UsdPerDeviceHour,
            sold[0].UsdPerDeviceHour,
            prices.Max(price => price.UsdPerHour),
            Origin(sold, prices.Count),
            hardware,
            prices,
            OnlyWhileWorking: terms == Purchase.OnPremise,
            [.. Outliers(sold)])
        {
            Sold = terms == Purchase.OnPremise ? []
                : [.. sold.Select(offer => new SoldAs(offer.Provider, offer.Instance, offer.UsdPerHour, offer.Devices))],
            Own = sold[0].Own,
        };
    }

    private static IEnumerable<string> Outliers(IReadOnlyList<PriceOffer> offers)
    {
        IReadOnlyList<double> peers = [.. offers.Select(offer => offer.UsdPerDeviceHour)];
        foreach (var offer in offers)
        {
            if (Outlier.Of(offer.UsdPerDeviceHour, peers) is { } ratio)
            {
                yield return string.Create(CultureInfo.InvariantCulture,
                    $"{offer.Provider}'s {offer.Instance} asks {ratio:0.00} times the median of {offer.Hardware}");
            }
        }
    }

    private static string Origin(List<PriceOffer> sold, int providers)
    {
        var offer = sold[0];
        var share = offer.Devices > 1 ? string.Create(CultureInfo.InvariantCulture, $", one of its {offer.Devices} devices") : string.Empty;
        var choice = sold.Count > 1
            ? string.Create(CultureInfo.InvariantCulture,
                $"; the cheapest of {sold.Count} offers of {providers} {(providers == 1 ? "provider" : "providers")}")
            : string.Empty;
        return $"{offer.Hardware}, {offer.Purchase.Name()}: {offer.Provider} {offer.Instance}{share}, "
            + $"price of {Day(offer.Retrieved)}{choice}";
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static PriceCatalogue Resource(string name) => Parse(EmbeddedFile.Read(name), name);
}
