using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Json;
using Bench.Analysis.Runs;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Gate;

/// <summary>How far two runs of the same code are apart on a machine: what a gate must not take for a change.</summary>
/// <param name="SchemaVersion">The version of the file.</param>
/// <param name="Confidence">The chance that two further runs of the same code are no further apart than a floor.</param>
/// <param name="Machine">What the machine is known by.</param>
/// <param name="Runs">The runs that it was made from.</param>
/// <param name="Cells">The floors by cell.</param>
/// <param name="Control">The pattern of the cells whose changes were taken out; null for none.</param>
public sealed record NoiseFloor(
    int SchemaVersion,
    double Confidence,
    IReadOnlyDictionary<string, string> Machine,
    IReadOnlyList<string> Runs,
    IReadOnlyDictionary<string, NoiseFloor.CellFloor> Cells,
    string? Control = null)
{
    /// <summary>The version of the file that this code writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>From how many runs on a floor is worth its name: with two, Student's t alone is 12.7.</summary>
    public const int SensibleRuns = 5;

    private const double MaximumFloor = 100;
    private const double DefaultConfidence = 0.95;
    private const long MaximumBytes = 16L << 20;

    /// <summary>The floors of a cell, as shares.</summary>
    /// <param name="Median">For launches' medians.</param>
    /// <param name="Mean">For launches' means.</param>
    public sealed record CellFloor(double Median, double Mean)
    {
        /// <summary>The floor of a statistic.</summary>
        /// <param name="statistic">What stands for a launch.</param>
        /// <returns>A share.</returns>
        public double Of(TimeStatistic statistic) => statistic == TimeStatistic.Median ? Median : Mean;
    }

    /// <summary>Turns repeated runs of the same code into floors.</summary>
    /// <param name="runs">Two run folders or more, of the same code on the same machine.</param>
    /// <param name="options">How runs are compared.</param>
    /// <returns>The floors.</returns>
    /// <exception cref="RunFormatException">A run is damaged, or not of the same code, machine and cells as the first.</exception>
    /// <exception cref="ArgumentException">There are fewer than two runs.</exception>
    public static NoiseFloor Calibrate(IReadOnlyList<string> runs, ComparisonOptions options) =>
        Calibrate([.. runs.Select(run => ComparisonSide.Read(run, options.Price))], options);

    /// <summary>Turns repeated runs of the same code into floors.</summary>
    /// <param name="runs">Two runs or more.</param>
    /// <param name="options">How runs are compared.</param>
    /// <returns>
    /// For every cell the bound that the ratio of two further runs' times keeps with 95 % confidence: Student's t with one degree of freedom less
    /// than runs, times √2 times the deviation of the runs' logarithms.
    /// </returns>
    /// <exception cref="RunFormatException">A run is not of the same code, machine and cells as the first.</exception>
    /// <exception cref="ArgumentException">There are fewer than two runs.</exception>
    public static NoiseFloor Calibrate(IReadOnlyList<ComparisonSide> runs, ComparisonOptions options)
    {
        if (runs.Count < 2)
        {
            throw new ArgumentException($"--calibrate: found {runs.Count} run; expected two or more of the same code, better eight.");
        }

        var others = runs.Skip(1).Select(run => SameCode(runs[0], run, options with { Statistic = TimeStatistic.Median })).ToList();
        var quantile = StudentT.InvCDF(0, 1, runs.Count - 1, (1 + DefaultConfidence) / 2) * Math.Sqrt(2);
        double Floor(string cell, Func<CellComparison, TimeRatio> time)
        {
            // Relative to the first run, whose own deviation all ratios share, but for that of the first to itself.
            var logarithms = others.Select(other => Math.Log(time(other.Cells.First(found => found.Name == cell)).Ratio)).Prepend(0);
            var floor = Math.Exp(quantile * logarithms.StandardDeviation()) - 1;
            return floor < MaximumFloor
                ? floor
                : throw new RunFormatException(cell, "found times in these runs that are no ratio of each other, or so far apart that no floor can be drawn from them. Calibrate with more and quieter runs.");
        }

        return new NoiseFloor(
            CurrentSchemaVersion,
            DefaultConfidence,
            MachineOf(runs[0]),
            [.. runs.Select(run => run.Run?.Manifest.Id ?? run.Source)],
            others[0].Cells.Where(cell => !cell.IsControl).ToDictionary(cell => cell.Name, cell => new CellFloor(Floor(cell.Name, found => found.Time), Floor(cell.Name, found => found.MeanTime))),
            options.Control);
    }

    /// <summary>Reads floors from a file.</summary>
    /// <param name="path">What <c>bench gate --calibrate</c> wrote.</param>
    /// <returns>The floors.</returns>
    /// <exception cref="RunFormatException">The file is missing or damaged.</exception>
    public static NoiseFloor Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        _ => "found more than 16 MiB; expected what bench gate --calibrate wrote.",
        () => Parse(File.ReadAllBytes(path), path));

    internal static NoiseFloor Parse(ReadOnlySpan<byte> json, string path)
    {
        NoiseFloor? floor;
        try
        {
            floor = JsonSerializer.Deserialize(json, NoiseJson.Default.NoiseFloor);
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"found no noise floor: {e.Message} Expected what bench gate --calibrate wrote.", e);
        }

        return floor is { SchemaVersion: CurrentSchemaVersion, Machine: not null, Runs: not null, Cells: not null }
            && floor.Cells.Values.All(cell => cell is { Median: >= 0 and < MaximumFloor, Mean: >= 0 and < MaximumFloor })
            ? floor
            : throw new RunFormatException(path, $"found no noise floor of version {CurrentSchemaVersion}; expected what bench gate --calibrate wrote.");
    }

    /// <summary>Writes the floors.</summary>
    /// <returns>JSON, with line feeds.</returns>
    public string ToJson() => JsonText.Write(this, NoiseJson.Default.NoiseFloor);

    /// <summary>Refuses floors of another machine, or with another control.</summary>
    /// <param name="side">A side of the comparison.</param>
    /// <param name="control">The pattern of control cells in the comparison.</param>
    /// <param name="path">The floors' file, for messages.</param>
    /// <exception cref="RunFormatException">The machine is another one.</exception>
    public void CheckMachine(ComparisonSide side, string? control, string path)
    {
        var other = MachineOf(side).FirstOrDefault(trait => Machine.TryGetValue(trait.Key, out var value) && value != trait.Value);
        if (other.Key is not null)
        {
            throw new RunFormatException(path, $"the noise floor is that of another machine: {other.Key} is {Machine[other.Key]} there and {other.Value} in {side.Source}. Calibrate on this one.");
        }

        if (control != Control)
        {
            throw new RunFormatException(path, $"the noise floor was made {(Control is null ? "without --control" : $"with --control {Control}")}; expected the same here.");
        }
    }

    private static SortedDictionary<string, string> MachineOf(ComparisonSide side) =>
        new(side.Traits.Where(trait => trait.MustMatch).ToDictionary(trait => trait.Name, trait => trait.Value), StringComparer.Ordinal);

    private static ComparisonReport SameCode(ComparisonSide first, ComparisonSide other, ComparisonOptions options)
    {
        var report = Comparer.Compare(first, other, options);
        var difference = report.Differences.FirstOrDefault(difference => difference.BreaksComparison || difference.IsOfCode);
        return difference is not null
            ? throw new RunFormatException(other.Source, $"{difference.Name} is {difference.Current} and {difference.Base} in {first.Source}; expected runs of the same code on the same machine.")
            : report.Missing.Concat(report.New).FirstOrDefault() is { } unmatched
                ? throw new RunFormatException(other.Source, $"{unmatched.Name} is not in both it and {first.Source}; expected the same cells in every run.")
                : report;
    }
}

/// <summary>How noise floors are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(NoiseFloor))]
internal sealed partial class NoiseJson : JsonSerializerContext;
