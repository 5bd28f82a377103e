using System.Text.Json.Serialization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.TwoSamples;
using static System.FormattableString;

namespace Bench.Analysis.Rows;

/// <summary>What int8 is worth on a machine.</summary>
public enum Int8Verdict
{
    /// <summary>It is shown to be faster by more than 2 %.</summary>
    Faster,

    /// <summary>It is shown to be within 2 % of fp32.</summary>
    GainsNothing,

    /// <summary>It is shown to be slower by more than 2 %.</summary>
    Slower,

    /// <summary>The launches do not show which of these it is.</summary>
    NotShown,
}

/// <summary>How much faster a measurement of an int8 file is than the same of the fp32 file, in the same run.</summary>
/// <param name="Verdict">What is shown.</param>
/// <param name="TimesAsFast">Images per second over those of fp32.</param>
/// <param name="Interval">The 95 % interval of that, from launches of the same rounds; null with fewer than two.</param>
/// <param name="Computed">What computed in integers and what the processor has for that, in a few words.</param>
public sealed record Int8Gain(
    Int8Verdict Verdict, double TimesAsFast, ConfidenceInterval? Interval, [property: JsonIgnore] string Computed)
{
    /// <summary>Within this share of fp32 int8 gains nothing that anybody would change a product for.</summary>
    public const double Indifference = 0.02;

    private const double Level = 0.95;

    /// <summary>The sentence.</summary>
    [JsonIgnore]
    public string Text
    {
        get
        {
            var ratio = Interval is { } interval
                ? Invariant($"{TimesAsFast:0.00} times as fast as fp32 [{interval.Lower:0.00}, {interval.Upper:0.00}]")
                : Invariant($"{TimesAsFast:0.00} times as fast as fp32, from one launch");
            return Verdict switch
            {
                Int8Verdict.Faster => $"int8 is faster here: {ratio}; {Computed}.",
                Int8Verdict.GainsNothing => $"int8 gains nothing here: {ratio}; {Computed}.",
                Int8Verdict.Slower => $"int8 is slower here: {ratio}; {Computed}.",
                _ => $"whether int8 gains anything here is not shown: {ratio}; {Computed}.",
            };
        }
    }

    /// <summary>Compares a measurement with the same at full precision.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>The comparison; null for cells of other precisions, or where fp32 was not measured beside it.</returns>
    internal static Int8Gain? Of(PricedRun run, CellFacts cell)
    {
        if (cell is not { Precision: "int8", OpenLoad: null, WhyNoThroughput: null, NotComparable: null }
            || Full(run.Measured, cell) is not { } full
            || run.Measured.TimingsOf(cell) is not { } timings || run.Measured.TimingsOf(full) is not { } other)
        {
            return null;
        }

        var times = other.Launches.ToDictionary(launch => launch.Round, launch => launch.RequestMs);
        List<LaunchTimings> common = [.. timings.Launches.Where(launch => times.ContainsKey(launch.Round))];
        var units = CellTimings.UnitsOf(common);
        return common.Count == 0 ? null : Of(
            [.. units.Select(unit => unit.Average(launch => launch.RequestMs))],
            [.. units.Select(unit => unit.Average(launch => times[launch.Round]))],
            What(run.Manifest.Machine, cell));
    }

    /// <summary>Compares times of the same rounds.</summary>
    internal static Int8Gain Of(double[] int8, double[] fp32, string computed)
    {
        var (ratio, interval) = MeanRatio.Paired(int8, fp32, Level);
        var verdict = interval switch
        {
            null => Int8Verdict.NotShown,
            { Lower: > 1 + Indifference } => Int8Verdict.Faster,
            { Upper: < 1 - Indifference } => Int8Verdict.Slower,
            { Lower: >= 1 - Indifference, Upper: <= 1 + Indifference } => Int8Verdict.GainsNothing,
            _ => Int8Verdict.NotShown,
        };
        return new Int8Gain(verdict, ratio, interval, computed);
    }

    private static CellFacts? Full(MeasuredRun run, CellFacts cell) => run.CellsOf(cell.Model).FirstOrDefault(other =>
        other is { Precision: "fp32", OpenLoad: null, WhyNoThroughput: null, NotComparable: null }
        && other.Id.Backend.Equals(cell.Id.Backend) && other.Id.Variant.Equals(cell.Id.Variant) && other.Device == cell.Device);

    private static string What(MachineFacts machine, CellFacts cell)
    {
        var nodes = cell.IntegerNodes is { } integers && cell.WeightyNodes is { } all
            ? Invariant($"{integers} of {all} convolutions and matrix products computed in integers")
            : "the engine does not tell what it computed in integers";
        return cell.Device is not null || machine.Integer8Instructions is not { } instructions ? nodes
            : instructions.Count == 0 ? $"{nodes}; the processor has no instructions that add up products of bytes (VNNI)"
            : $"{nodes}; the processor has {string.Join(", ", instructions)}";
    }
}
