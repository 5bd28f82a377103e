using System.Globalization;
using System.Reflection;

namespace Bench.Analysis.Cost;

/// <summary>Dated and sourced prices of hardware. The built-in list is <c>prices.csv</c> beside this file.</summary>
/// <param name="Offers">All offers.</param>
public sealed record PriceCatalogue(IReadOnlyList<PriceOffer> Offers)
{
    private const string Header = "hardware,provider,instance,region,usd_per_hour,all_in,retrieved,source";

    /// <summary>The keys of the hardware that there are all-in prices for.</summary>
    public IEnumerable<string> Hardware => Offers.Where(offer => offer.AllIn).Select(offer => offer.Hardware).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Reads the built-in prices.</summary>
    /// <returns>The catalogue.</returns>
    public static PriceCatalogue BuiltIn()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("prices.csv")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), "prices.csv");
    }

    /// <summary>Reads prices from CSV text. Fields hold no commas; lines that begin with # are comments.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">What it is called in messages.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="FormatException">The header or a row is wrong; all faults are reported together.</exception>
    public static PriceCatalogue Parse(string text, string source)
    {
        var offers = new List<PriceOffer>();
        var faults = new List<string>();
        var number = 0;
        var headerSeen = false;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!headerSeen)
            {
                headerSeen = true;
                if (line != Header)
                {
                    faults.Add($"line {number}: found '{line}'; expected '{Header}'.");
                }

                continue;
            }

            if (ParseRow(line, out var fault) is { } offer)
            {
                offers.Add(offer);
            }
            else
            {
                faults.Add($"line {number}: {fault}");
            }
        }

        return faults.Count == 0 && headerSeen
            ? new PriceCatalogue(offers)
            : throw new FormatException($"{source}: {(headerSeen ? string.Join(" ", faults) : $"found no header; expected '{Header}'.")}");
    }

    /// <summary>The price of a hardware: the mean over providers, each first averaged over its own all-in offers.</summary>
    /// <param name="hardware">The key.</param>
    /// <returns>The price, or null if there is none.</returns>
    public HourlyPrice? Find(string hardware)
    {
        var providers = Offers
            .Where(offer => offer.Hardware == hardware && offer.AllIn)
            .GroupBy(offer => offer.Provider)
            .Select(provider => (Name: provider.Key, UsdPerHour: provider.Average(offer => offer.UsdPerHour)))
            .OrderBy(provider => provider.Name, StringComparer.Ordinal)
            .ToList();
        return providers.Count == 0
            ? null
            : new HourlyPrice(
                providers.Average(provider => provider.UsdPerHour),
                providers.Min(provider => provider.UsdPerHour),
                providers.Max(provider => provider.UsdPerHour),
                $"{hardware}: mean over {string.Join(", ", providers.Select(provider => provider.Name))}");
    }

    private static PriceOffer? ParseRow(string line, out string fault)
    {
        var fields = line.Split(',');
        if (fields.Length != 8 || fields[..4].Any(string.IsNullOrWhiteSpace))
        {
            fault = $"found {fields.Length} fields in '{line}'; expected eight, none of the first four empty.";
            return null;
        }

        if (!double.TryParse(fields[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var usdPerHour)
            || !double.IsFinite(usdPerHour) || usdPerHour <= 0)
        {
            fault = $"found price '{fields[4]}'; expected USD per hour above 0.";
            return null;
        }

        if (fields[5] is not ("yes" or "no"))
        {
            fault = $"found all_in '{fields[5]}'; expected yes or no.";
            return null;
        }

        if (!DateOnly.TryParseExact(fields[6], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var retrieved))
        {
            fault = $"found retrieved '{fields[6]}'; expected a date such as 2026-09-24. A price without a date is refused.";
            return null;
        }

        fault = string.IsNullOrWhiteSpace(fields[7]) ? "found no source. A price without a source is refused." : string.Empty;
        return fault.Length > 0 ? null : new PriceOffer(fields[0], fields[1], fields[2], fields[3], usdPerHour, fields[5] == "yes", retrieved, fields[7]);
    }
}
