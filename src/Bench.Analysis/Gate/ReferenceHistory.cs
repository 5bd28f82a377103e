using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Input;
using Bench.Analysis.Json;
using Bench.Analysis.Rendering;
using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Gate;

/// <summary>Where a reference comes from: what <c>accepted.json</c> says in its folder. Many small losses that each pass are a
/// large one together.</summary>
/// <param name="AcceptedUtc">When it was accepted.</param>
/// <param name="Run">The run's id.</param>
/// <param name="Replaced">The id of the reference before it; null for the first.</param>
/// <param name="First">The id of the first accepted reference.</param>
/// <param name="Lost">What each cell lost since that one; empty for the first.</param>
public sealed partial record ReferenceHistory(
    DateTimeOffset AcceptedUtc, string Run, string? Replaced, string First, IReadOnlyDictionary<string, ReferenceHistory.Loss> Lost)
{
    private const long MaximumBytes = 16L << 20;

    /// <summary>What the record is called in the folder of a reference; beside a file it stands after the file's name.</summary>
    internal const string Name = "accepted.json";

    private const string Meant = "Where that is meant, accept with --as-first";
    private static readonly Dictionary<string, Loss> Nothing = [];

    /// <summary>Reads where a reference comes from.</summary>
    /// <param name="reference">The reference: a folder, or a file.</param>
    /// <returns>What it says; null if it was not put there by <c>gate --accept</c>.</returns>
    /// <exception cref="RunFormatException">The file is damaged.</exception>
    public static ReferenceHistory? Read(string reference)
    {
        var path = PathOf(reference);
        return File.Exists(path)
            ? InputFile.Read(path, MaximumBytes, _ => $"found more than 16 MiB; expected what bench gate --accept wrote.",
                () => Parse(File.ReadAllBytes(path), path))
            : null;
    }

    /// <summary>Where the record of a reference lies.</summary>
    internal static string PathOf(string reference) =>
        ReferencePlace.IsFile(reference) ? $"{reference}.{Name}" : Path.Combine(reference, Name);

    internal static ReferenceHistory Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize(json, HistoryJson.Default.ReferenceHistory);
            return read is { Run: not null } && (read.Lost ?? Nothing).Values.All(loss => loss is { IsSensible: true })
                ? read with { First = read.First ?? read.Run, Lost = read.Lost ?? Nothing }
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
    internal static ReferenceHistory After(
        ReferenceHistory? before, string? replaced, string run, ComparisonReport? comparison, DateTimeOffset time)
    {
        if (comparison is null || replaced is null)
        {
            return new ReferenceHistory(time, run, replaced, run, Nothing);
        }

        var lost = new SortedDictionary<string, Loss>(StringComparer.Ordinal);
        foreach (var cell in comparison.Cells.Where(cell => !cell.IsControl))
        {
            // A cell of which nothing new is known keeps what it lost.
            var loss = before is null
                ? Of(cell, comparison.Level)
                : before.With(cell, comparison.Level) ?? before.Lost.GetValueOrDefault(cell.Name);
            if (loss is not null)
            {
                lost[cell.Name] = loss;
            }
        }

        return new ReferenceHistory(time, run, replaced, before?.First ?? replaced, lost);
    }

    /// <summary>What a cell's losses since the first reference add up to.</summary>
    /// <param name="cell">The cell, compared with the reference.</param>
    /// <param name="rule">What is allowed of it.</param>
    /// <param name="level">The confidence of the sum's interval.</param>
    /// <returns>A finding for each thing that adds up; none without anything lost before.</returns>
    internal IEnumerable<GateFinding> SinceFirst(CellComparison cell, GateRule rule, double level)
    {
        if (!Lost.ContainsKey(cell.Name) || With(cell, level) is not { } sum)
        {
            yield break;
        }

        yield return Sum(cell, "time", sum.Time, cell.Time.Threshold, level);
        yield return Sum(cell, "mean time", sum.MeanTime, cell.Mean.Threshold, level);
        if (sum.ImageTime is { } image && cell.Of(CheckSubject.ImagesPerSecond) is { } images)
        {
            yield return Sum(cell, "images/s", image, images.Threshold, level);
        }

        if (cell.Memory is { Base.Allocated: not null, Current.Allocated: { } to } && sum.Allocated > 0
            && to.Bytes > (rule.AllocationThreshold ?? default).Allowed(to.Bytes - sum.Allocated))
        {
            yield return new GateFinding(
                cell.Name,
                GateSubject.SinceFirst,
                GateOutcome.Regression,
                $"an operation allocates {Figures.Text(sum.Allocated, "#,0")} B more than at the first accepted reference, {First} "
                    + $"(allowed {rule.AllocationThreshold ?? default}). {Meant}");
        }

        if (rule.SizeThreshold is { } size && sum.Bytes > 1 + size)
        {
            yield return new GateFinding(cell.Name, GateSubject.SinceFirst, GateOutcome.Regression,
                $"the model grew to {Figures.Text(sum.Bytes, "0.000")} times its size since the first accepted reference, "
                + $"{First} (threshold {Figures.Percent(size)}). {Meant}");
        }

        if (rule.MetricMargin is { } margin && sum.Metric < -margin)
        {
            yield return new GateFinding(cell.Name, GateSubject.SinceFirst, GateOutcome.Inconclusive,
                $"{Figures.Text(-sum.Metric, "0.####")} of accuracy or Dice were lost since the first accepted reference, "
                + $"{First} (margin {Figures.Text(margin, "0.####")}). {Meant}");
        }
    }

    private GateFinding Sum(CellComparison cell, string what, Growth sum, double threshold, double level)
    {
        var halfWidth = Normal.InvCDF(0, 1, (1 + level) / 2) * Math.Sqrt(sum.Variance);
        var (ratio, lower, upper) = (Math.Exp(sum.LogRatio), Math.Exp(sum.LogRatio - halfWidth), Math.Exp(sum.LogRatio + halfWidth));

        // The intervals of many steps add up too: a sum is stopped by its estimate, or where it is shown to be beyond.
        var outcome = lower > 1 + threshold
            ? GateOutcome.Regression
            : ratio > 1 + threshold ? GateOutcome.Inconclusive : GateOutcome.Passed;
        return new GateFinding(
            cell.Name,
            GateSubject.SinceFirst,
            outcome,
            $"small losses of {what} since the first accepted reference, {First}, add up to {Figures.Text(ratio, "0.000")} "
            + $"[{Figures.Text(lower, "0.000")}, {Figures.Text(upper, "0.000")}] times (threshold {Figures.Percent(threshold)}). {Meant}");
    }

    private Loss? With(CellComparison cell, double level) => Of(cell, level) is not { } now ? null
        : Lost.GetValueOrDefault(cell.Name) is not { } before ? now
        : before.And(now);

    /// <summary>Writes it into a file.</summary>
    internal void WriteFile(string path) => File.WriteAllText(path, JsonText.Write(this));

    private static Loss? Of(CellComparison cell, double level) => Of(cell.Time, level) is { } time && Of(cell.Mean, level) is { } mean
        ? new Loss(
            time,
            mean,
            cell.Metric is { } metric ? metric.Current - metric.Base : 0,
            cell.ModelBytes is { Base: > 0, Current: > 0 } bytes ? bytes.Ratio : 1,
            cell.Memory is { Base.Allocated: { Rounding: 0 } from, Current.Allocated: { Rounding: 0 } to } ? to.Bytes - from.Bytes : 0)
        {
            ImageTime = cell.Of(CheckSubject.ImagesPerSecond) is { } images ? Of(images, level) : null,
        }
        : null;

    private static Growth? Of(TimeCheck check, double level)
    {
        if (check.Ratio.Interval is not { Lower: > 0 } interval)
        {
            return null;
        }

        var deviation = Math.Log(interval.Upper / interval.Lower) / 2 / Normal.InvCDF(0, 1, (1 + level) / 2);
        return new Growth(Math.Log(check.Ratio.Ratio), deviation * deviation);
    }
}

/// <summary>How <c>accepted.json</c> is written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReferenceHistory))]
internal sealed partial class HistoryJson : JsonSerializerContext;
