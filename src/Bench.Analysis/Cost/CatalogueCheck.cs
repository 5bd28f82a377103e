using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Cost;

/// <summary>What is wrong with a catalogue as a whole; what is wrong with a single row is said when it is read.</summary>
public static class CatalogueCheck
{
    /// <summary>Finds all faults.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="today">The day on which it is used.</param>
    /// <returns>One sentence for each fault; none if the catalogue may be used.</returns>
    public static IReadOnlyList<string> Faults(PriceCatalogue catalogue, DateOnly today) =>
        [.. Twice(catalogue), .. SpeltTwice(catalogue), .. Unknown(catalogue), .. Future(catalogue, today),
            .. Indistinguishable(catalogue.Hardware)];

    private static IEnumerable<string> Twice(PriceCatalogue catalogue) =>
    [
        .. catalogue.Hardware.GroupBy(hardware => hardware.Key).Where(same => same.Count() > 1)
            .Select(same => $"Found the hardware {same.Key} {same.Count()} times; expected every key once."),
        .. catalogue.Offers.GroupBy(offer => offer.Key).Where(same => same.Count() > 1)
            .Select(same => $"Found the offer {Name(same.First())} {same.Count()} times; expected one price."),
    ];

    // Each would count as a provider of its own.
    private static IEnumerable<string> SpeltTwice(PriceCatalogue catalogue) => catalogue.Offers.Select(offer => offer.Provider).Distinct()
        .GroupBy(provider => provider, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1)
        .Select(same => $"Found the provider as {string.Join(" and ", same)}; expected one spelling.");

    private static IEnumerable<string> Unknown(PriceCatalogue catalogue)
    {
        var keys = catalogue.Hardware.Select(hardware => hardware.Key).ToHashSet();
        return catalogue.Offers.Where(offer => !keys.Contains(offer.Hardware))
            .Select(offer => $"Found the offer {Name(offer)} of unknown hardware; expected one of "
                + $"{string.Join(", ", keys.Order(StringComparer.Ordinal))}, or a row of its own under '{PriceFile.HardwareHeader}'.");
    }

    private static IEnumerable<string> Future(PriceCatalogue catalogue, DateOnly today) =>
        catalogue.Offers.Where(offer => offer.Retrieved > today)
            .Select(offer => string.Create(CultureInfo.InvariantCulture,
                $"Found the offer {Name(offer)} retrieved on {offer.Retrieved:yyyy-MM-dd}; expected a day that has been."));

    /// <summary>Names by which a machine could recognise itself as two things.</summary>
    private static IEnumerable<string> Indistinguishable(IReadOnlyList<Hardware> known)
    {
        for (var i = 0; i < known.Count; i++)
        {
            for (var j = 0; j < known.Count; j++)
            {
                if (i != j && known[i].Kind == known[j].Kind && known[i].VirtualCores == known[j].VirtualCores
                    && Shared(known[i], known[j]) is { } name)
                {
                    yield return $"A machine that calls itself '{name}' would be both {known[i].Key} and {known[j].Key}; "
                        + "expected patterns that tell them apart.";
                }
            }
        }
    }

    private static string? Shared(Hardware hardware, Hardware other) => hardware.Patterns
        .Select(pattern => pattern.Replace("*", string.Empty, StringComparison.Ordinal))
        .FirstOrDefault(name => other.Patterns.Any(pattern => CellPattern.Matches(pattern, name, ignoreCase: true)));

    private static string Name(PriceOffer offer) =>
        $"{offer.Hardware}, {offer.Provider}, {offer.Instance}, {offer.Region}, {offer.Purchase.Name()}";
}
