using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Json;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Gate;

/// <summary>Where a reference comes from: what <c>accepted.json</c> says in its folder. Many small losses that each pass are a large one together.</summary>
/// <param name="AcceptedUtc">When it was accepted.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Replaced">The id of the reference before it; null for the first.</param>
/// <param name="First">The id of the first accepted reference.</param>
/// <param name="Lost">What each cell's typical time grew by since that one; empty for the first.</param>
public sealed record ReferenceHistory(DateTimeOffset AcceptedUtc, string Run, string? Replaced, string First, IReadOnlyDictionary<string, ReferenceHistory.Growth> Lost)
{
    private const long MaximumBytes = 16L << 20;
    private const string Name = "accepted.json";

    /// <summary>How much a time grew.</summary>
    /// <param name="LogRatio">The logarithm of the ratio.</param>
    /// <param name="Variance">Its variance.</param>
    public sealed record Growth(double LogRatio, double Variance);

    /// <summary>Reads where a reference comes from.</summary>
    /// <param name="folder">The reference's folder.</param>
    /// <returns>What it says; null if it was not put there by <c>gate --accept</c>.</returns>
    /// <exception cref="RunFormatException">The file is damaged.</exception>
    public static ReferenceHistory? Read(RunFolder folder)
    {
        var path = Path.Combine(folder.Path, Name);
        return File.Exists(path)
            ? InputFile.Read(path, MaximumBytes, _ => $"found more than 16 MiB; expected what bench gate --accept wrote.", () => Parse(File.ReadAllBytes(path), path))
            : null;
    }

    internal static ReferenceHistory Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize(json, HistoryJson.Default.ReferenceHistory);
            return read is { Run: not null } && (read.Lost ?? new Dictionary<string, Growth>()).Values.All(growth => growth is not null && double.IsFinite(growth.LogRatio) && growth.Variance is >= 0 and < 1e6)
                ? read with { First = read.First ?? read.Run, Lost = read.Lost ?? new Dictionary<string, Growth>() }
                : throw new RunFormatException(path, "found no acceptance; expected what bench gate --accept wrote.");
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"the file is damaged or truncated: {e.Message}", e);
        }
    }

    /// <summary>What becomes of it when a run takes the reference's place.</summary>
    /// <param name="before">The history of the reference that is replaced; null if it has none.</param>
    /// <param name="replaced">The id of that reference; null if there is none.</param>
    /// <param name="run">The run's id.</param>
    /// <param name="comparison">How the run compares with the reference; null if there is none, or if the run is to be the first.</param>
    /// <param name="time">When.</param>
    /// <returns>The new history.</returns>
    internal static ReferenceHistory After(ReferenceHistory? before, string? replaced, string run, ComparisonReport? comparison, DateTimeOffset time)
    {
        if (comparison is null || replaced is null)
        {
            return new ReferenceHistory(time, run, replaced, run, new Dictionary<string, Growth>());
        }

        var lost = new SortedDictionary<string, Growth>(StringComparer.Ordinal);
        foreach (var cell in comparison.Cells.Where(cell => !cell.IsControl))
        {
            if (Of(cell, comparison.Level) is { } growth)
            {
                lost[cell.Name] = Sum(before?.Lost.GetValueOrDefault(cell.Name), growth);
            }
        }

        return new ReferenceHistory(time, run, replaced, before?.First ?? replaced, lost);
    }

    /// <summary>What a cell's losses since the first reference add up to.</summary>
    internal GateFinding? SinceFirst(CellComparison cell, double level)
    {
        if (Lost.GetValueOrDefault(cell.Name) is not { } before || Of(cell, level) is not { } now)
        {
            return null;
        }

        var sum = Sum(before, now);
        var halfWidth = Normal.InvCDF(0, 1, (1 + level) / 2) * Math.Sqrt(sum.Variance);
        var (ratio, lower, upper) = (Math.Exp(sum.LogRatio), Math.Exp(sum.LogRatio - halfWidth), Math.Exp(sum.LogRatio + halfWidth));
        var threshold = cell.Time.Threshold;
        return new GateFinding(
            cell.Name,
            GateSubject.SinceFirst,
            lower > 1 + threshold ? GateOutcome.Regression : GateOutcome.Passed,
            $"small losses since the first accepted reference, {First}, add up to {Figures.Text(ratio, "0.000")} [{Figures.Text(lower, "0.000")}, {Figures.Text(upper, "0.000")}] times its time (threshold {Figures.Percent(threshold)}). Where that is meant, accept with --as-first");
    }

    /// <summary>Writes it into a folder.</summary>
    internal void Write(string folder) => File.WriteAllText(Path.Combine(folder, Name), JsonText.Write(this, HistoryJson.Default.ReferenceHistory));

    private static Growth Sum(Growth? before, Growth now) => before is null ? now : new Growth(before.LogRatio + now.LogRatio, before.Variance + now.Variance);

    private static Growth? Of(CellComparison cell, double level)
    {
        if (cell.Time.Ratio.Interval is not { Lower: > 0 } interval)
        {
            return null;
        }

        var deviation = Math.Log(interval.Upper / interval.Lower) / 2 / Normal.InvCDF(0, 1, (1 + level) / 2);
        return new Growth(Math.Log(cell.Time.Ratio.Ratio), deviation * deviation);
    }
}

/// <summary>How <c>accepted.json</c> is written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReferenceHistory))]
internal sealed partial class HistoryJson : JsonSerializerContext;
