using System.Globalization;
using Bench.Analysis.Input;
using CsvHelper;

namespace Bench.Analysis.Cost;

/// <summary>Reads prices from CSV: one table or several below each other, each begun by its header.</summary>
internal static class PriceFile
{
    /// <summary>The header of what can be bought.</summary>
    public const string HardwareHeader = "hardware,kind,name,patterns,vcpu,memory_gib,gpus,year";

    /// <summary>The header of what providers ask for it.</summary>
    public const string OffersHeader = "hardware,provider,instance,region,usd_per_hour,purchase,all_in,devices,retrieved,source";

    /// <summary>The header of machines of one's own.</summary>
    public const string OnPremiseHeader = "hardware,purchase_usd,years,watts,usd_per_kwh,utilisation,retrieved,source";

    private const long MaximumBytes = 16L << 20;

    private static readonly Dictionary<string, Action<PriceRow, List<Hardware>, List<PriceOffer>>> Tables = new()
    {
        [HardwareHeader] = (row, hardware, _) => hardware.Add(ReadHardware(row)),
        [OffersHeader] = (row, _, offers) => offers.Add(ReadOffer(row)),
        [OnPremiseHeader] = (row, _, offers) => offers.Add(ReadOnPremise(row)),
    };

    /// <exception cref="RunFormatException">The file is missing, too large, or has a fault; all faults are reported together.</exception>
    public static PriceCatalogue Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        length => $"found {length >> 20} MiB; expected a file of prices, at most {MaximumBytes >> 20} MiB.",
        () => Parse(File.ReadAllText(path), path));

    /// <exception cref="RunFormatException">The text has a fault; all faults are reported together.</exception>
    public static PriceCatalogue Parse(string text, string source)
    {
        var (hardware, offers, faults) = (new List<Hardware>(), new List<PriceOffer>(), new List<string>());
        string[]? header = null;
        var damaged = new List<string>();
        using var reader = CsvReader.FromText(text, Options(damaged));
        while (reader.Read())
        {
            string[] fields = [.. Enumerable.Range(0, reader.FieldCount).Select(field => reader.GetString(field).Trim())];
            if (fields[0] is "hardware" || header is null)
            {
                header = Tables.ContainsKey(string.Join(',', fields)) ? fields : null;
                if (header is null)
                {
                    faults.Add($"line {reader.LineNumber}: {WrongHeader(fields)}");
                    break;
                }

                continue;
            }

            var row = new PriceRow(header, fields);
            if (row.HasAllFields)
            {
                Tables[string.Join(',', header)](row, hardware, offers);
            }

            faults.AddRange(row.Faults.Select(fault => $"line {reader.LineNumber}: {fault}"));
        }

        faults.AddRange(damaged);
        if (header is null && faults.Count == 0)
        {
            faults.Add($"found no table; expected a header such as '{OffersHeader}'.");
        }

        return faults.Count == 0 ? new PriceCatalogue(hardware, offers) : throw new RunFormatException(source, Faults.Text(faults));
    }

    private static CsvReaderOptions Options(List<string> damaged) => new()
    {
        Separator = ',',
        HasHeader = false,
        CommentPrefix = '#',
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        OnMalformedRecord = record =>
            damaged.Add($"line {record.LineNumber}: found a quotation mark inside a field or without its other half; "
                + "expected the whole field in quotation marks."),
    };

    private static string WrongHeader(string[] fields) =>
        Array.Find(fields, field => field.EndsWith("_per_hour", StringComparison.Ordinal) && field != "usd_per_hour") is { } other
            ? $"found the column '{other}'; prices are in USD. Convert them, and say in source at which rate."
            : $"found the header '{string.Join(',', fields)}'; expected '{HardwareHeader}', '{OffersHeader}' or '{OnPremiseHeader}'.";

    private static Hardware ReadHardware(PriceRow row)
    {
        var kind = row.Choice("kind", ("cpu", HardwareKind.Cpu), ("gpu", HardwareKind.Gpu));
        var patterns = row["patterns"].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (Array.Exists(patterns, pattern => pattern.All(letter => letter is '*' or '?' or ' ')))
        {
            row.Fault("patterns", "a name with letters, or everything matches");
        }

        return new Hardware(
            row.Text("hardware"),
            kind,
            row.Text("name"),
            patterns,
            kind == HardwareKind.Cpu ? row.Count("vcpu") : row.OptionalCount("vcpu"),
            row["memory_gib"].Length == 0 ? null : row.Positive("memory_gib"),
            row["gpus"] is "0" && kind == HardwareKind.Cpu ? 0 : row.Count("gpus"),
            row.OptionalCount("year"));
    }

    private static PriceOffer ReadOffer(PriceRow row) => new(
        row.Text("hardware"),
        row.Text("provider"),
        row.Text("instance"),
        row.Text("region"),
        row.Usd("usd_per_hour"),
        row.Choice("purchase", [.. Enum.GetValues<Purchase>().Select(purchase => (purchase.Name(), purchase))]),
        row.Choice("all_in", ("yes", true), ("no", false)),
        row.Count("devices"),
        row.Date("retrieved"),
        row.Source());

    private static PriceOffer ReadOnPremise(PriceRow row)
    {
        var machine = new OnPremise(
            row.Usd("purchase_usd"), row.Positive("years"), row.Number("watts"), row.Number("usd_per_kwh"), row.Share("utilisation"));
        if (row.Faults.Count == 0 && !(machine.UsdPerHour <= UsdText.HighestUsd))
        {
            row.Fault("years", string.Create(CultureInfo.InvariantCulture,
                $"years, utilisation, watts and price of energy that give at most {UsdText.HighestUsd} USD per hour"));
        }

        return new PriceOffer(
            row.Text("hardware"), "on-premise", row["hardware"], "own", machine.UsdPerHour, Purchase.OnPremise, AllIn: true, Devices: 1,
            row.Date("retrieved"), row.Source())
        {
            Own = machine,
        };
    }
}
