using Bench.Analysis.Input;
using CsvHelper;

namespace Bench.Analysis.Study;

/// <summary>The study's two tables, number for number as it prints them.</summary>
/// <param name="Costs">Table 1: time and cost on Linux.</param>
/// <param name="Times">Table 2: times on the Windows machine.</param>
internal sealed record StudyTables(IReadOnlyList<StudyCost> Costs, IReadOnlyList<StudyTime> Times)
{
    /// <summary>Reads the tables that are built in.</summary>
    /// <returns>The tables.</returns>
    public static StudyTables BuiltIn() => new(
        Rows("study/table1.csv", csv => new StudyCost(
            Field(csv, "model"), Field(csv, "hardware"), Field(csv, "precision"), Printed.Parse(Field(csv, "ms_per_image")),
            Printed.Parse(Field(csv, "usd_per_million_images")))),
        Rows("study/table2.csv", csv => new StudyTime(
            Field(csv, "model"), Field(csv, "engine"), Field(csv, "device"), Printed.Parse(Field(csv, "ms_per_image")))));

    /// <summary>A row of table 1.</summary>
    /// <param name="model">The model.</param>
    /// <param name="hardware">The hardware.</param>
    /// <param name="precision">The precision.</param>
    /// <returns>The row.</returns>
    public StudyCost Cost(string model, string hardware, string precision) =>
        Costs.Single(row => row.Model == model && row.Hardware == hardware && row.Precision == precision);

    /// <summary>A row of table 2.</summary>
    /// <param name="model">The model.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="device">The device, or how its name begins.</param>
    /// <returns>The row.</returns>
    public StudyTime Time(string model, string engine, string device) =>
        Times.Single(row => row.Model == model && row.Engine == engine && row.Device.StartsWith(device, StringComparison.Ordinal));

    private static List<T> Rows<T>(string name, Func<CsvReader, T> row)
    {
        using var csv = CsvReader.FromText(EmbeddedFile.Read(name), new CsvReaderOptions { Separator = ',' });
        var rows = new List<T>();
        while (csv.Read())
        {
            rows.Add(row(csv));
        }

        return rows;
    }

    private static string Field(CsvReader csv, string column) => csv.GetString(column);
}

/// <summary>A row of table 1.</summary>
/// <param name="Model">The model.</param>
/// <param name="Hardware">The hardware.</param>
/// <param name="Precision">The precision.</param>
/// <param name="Ms">ms per image.</param>
/// <param name="Usd">USD per million images.</param>
internal sealed record StudyCost(string Model, string Hardware, string Precision, Printed Ms, Printed Usd)
{
    private const double MsPerHourOverImages = 3.6;

    /// <summary>The lowest price of an hour that gives the printed cost, whatever was rounded.</summary>
    public double LowestUsdPerHour => Usd.Low * MsPerHourOverImages / Ms.High;

    /// <summary>The highest one.</summary>
    public double HighestUsdPerHour => Usd.High * MsPerHourOverImages / Ms.Low;
}

/// <summary>A row of table 2.</summary>
/// <param name="Model">The model.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Device">The device.</param>
/// <param name="Ms">ms per image.</param>
internal sealed record StudyTime(string Model, string Engine, string Device, Printed Ms);
