using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Comparison;

/// <summary>Puts two sides next to each other.</summary>
public static class Comparer
{
    /// <summary>Reads two sides and compares them.</summary>
    /// <param name="basePath">A run folder, an export of BenchmarkDotNet, or a folder of exports.</param>
    /// <param name="currentPath">The same of the current side.</param>
    /// <param name="options">How.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="RunFormatException">A side is missing, damaged, or measured nothing.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ComparisonReport Compare(string basePath, string currentPath, ComparisonOptions options)
    {
        options.Price.Check();
        return Compare(ComparisonSide.Read(basePath, options.Price), ComparisonSide.Read(currentPath, options.Price), options);
    }

    /// <summary>Compares two sides.</summary>
    /// <param name="baseline">The base.</param>
    /// <param name="current">The current side.</param>
    /// <param name="options">How.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="RunFormatException">The base measured nothing, or outputs are damaged.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ComparisonReport Compare(ComparisonSide baseline, ComparisonSide current, ComparisonOptions options)
    {
        Check(options);
        var matching = Matching.Of(baseline, current);
        if (matching.Pairs.Count == 0 && matching.Missing.Count == 0)
        {
            throw new RunFormatException(baseline.Source, "found nothing in it that was measured; there is nothing to compare with.");
        }

        var control = ControlCells.Of(matching.Pairs, options.Control);
        var cells = matching.Pairs.Select(pair => Compare(pair, baseline, current, control, options)).ToList();
        var quality = new Queue<OutputComparison>(OutputComparison.Together([.. cells.Select(cell => cell.Quality).OfType<OutputComparison>()], new EquivalenceOptions()));
        return new ComparisonReport(
            ComparisonReport.CurrentSchemaVersion,
            baseline.Source,
            current.Source,
            options.Threshold,
            options.Level,
            StatisticOf(baseline, current, options),
            options.Control,
            Differences.Between(baseline, current, matching.Pairs, control),
            [.. cells.Select(cell => cell.Quality is null ? cell : cell with { Quality = quality.Dequeue() })],
            matching.Missing,
            matching.New,
            matching.Failed,
            [.. Remarks(baseline, current, cells)]);
    }

    private static void Check(ComparisonOptions options)
    {
        var faults = new List<string>();
        if (!(options.Threshold > 0 && double.IsFinite(options.Threshold)))
        {
            faults.Add(FormattableString.Invariant($"found threshold {options.Threshold}; expected a number above 0"));
        }

        if (!(options.Level > 0 && options.Level < 1))
        {
            faults.Add(FormattableString.Invariant($"found level {options.Level}; expected a number in (0, 1)"));
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"Comparison: {string.Join("; ", faults)}.");
        }
    }

    private static CellComparison Compare(MatchedPair pair, ComparisonSide baseline, ComparisonSide current, ControlCells? control, ComparisonOptions options)
    {
        var threshold = options.ThresholdOf?.Invoke(pair.Name) ?? options.Threshold;
        var isControl = control?.Contains(pair) == true;
        var statistic = StatisticOf(baseline, current, options);
        TimeRatio Of(TimeStatistic what) => TimeRatio.Of(pair.Base, pair.Current, what, options.Level, isControl ? null : control);
        var time = Of(statistic);
        var mean = statistic == TimeStatistic.Mean ? time : Of(TimeStatistic.Mean);
        var notComparable = pair.Base.Cell?.NotComparable ?? pair.Current.Cell?.NotComparable;
        return new CellComparison(
            pair.Name,
            time,
            mean,
            threshold,
            notComparable is null ? ComparisonVerdicts.Of(time.Interval, threshold) : ComparisonVerdict.Inconclusive,
            notComparable is null ? ComparisonVerdicts.SmallestShown(time, threshold) : null,
            notComparable is null ? Cost(pair, baseline, current) : null,
            ModelBytes(pair, baseline, current),
            Metric(pair),
            Quality(pair, baseline, current),
            isControl,
            notComparable);
    }

    // A table in markdown keeps nothing but means.
    private static TimeStatistic StatisticOf(ComparisonSide baseline, ComparisonSide current, ComparisonOptions options) =>
        baseline.IsMarkdown || current.IsMarkdown ? TimeStatistic.Mean : options.Statistic;

    private static Change? Cost(MatchedPair pair, ComparisonSide baseline, ComparisonSide current)
    {
        static double Mean(SideBenchmark benchmark) => benchmark.Launches.SelectMany(launch => launch).Average();
        return pair.Base.Cell is not null && pair.Current.Cell is not null && baseline.Price is { } before && current.Price is { } now
            ? new Change(
                CostModel.Runtime.UsdPerMillionImages(Mean(pair.Base) / 1e6, 0, before),
                CostModel.Runtime.UsdPerMillionImages(Mean(pair.Current) / 1e6, 0, now))
            : null;
    }

    private static Change? ModelBytes(MatchedPair pair, ComparisonSide baseline, ComparisonSide current) =>
        Differences.ModelFile(baseline, pair.Base) is { } before && Differences.ModelFile(current, pair.Current) is { } now ? new Change(before.Bytes, now.Bytes) : null;

    private static Change? Metric(MatchedPair pair) =>
        pair.Base.Cell?.TaskMetric is { } before && pair.Current.Cell?.TaskMetric is { } now && before.Name == now.Name ? new Change(before.Value, now.Value) : null;

    /// <summary>Outputs can be paired only if they are of the same images.</summary>
    private static OutputComparison? Quality(MatchedPair pair, ComparisonSide baseline, ComparisonSide current)
    {
        if (baseline.Run is not { } from || current.Run is not { } to || pair.Base.Cell is not { } before || pair.Current.Cell is not { } now)
        {
            return null;
        }

        var (expected, found) = (Differences.Model(baseline, pair.Base), Differences.Model(current, pair.Current));
        if (expected is null || found is null || expected.DataSha256 != found.DataSha256)
        {
            return null;
        }

        // Whoever changes a model must not widen its margin with the same change.
        var margin = Math.Min(EquivalenceOptions.For(expected).Margin, EquivalenceOptions.For(found).Margin);
        try
        {
            return OutputComparison.Between(from.Folder, before, to.Folder, now, new EquivalenceOptions { Margin = margin });
        }
        catch (OutputShapeException)
        {
            // A new network may answer in another form; then there is nothing to pair.
            return null;
        }
    }

    private static IEnumerable<string> Remarks(ComparisonSide baseline, ComparisonSide current, List<CellComparison> cells)
    {
        foreach (var side in new[] { baseline, current }.Where(side => side.Run is { Manifest.Complete: false }))
        {
            yield return $"{side.Source} is incomplete: the run was interrupted.";
        }

        if (baseline.IsMarkdown || current.IsMarkdown)
        {
            yield return "Weaker evidence: a side is a table in markdown, which keeps rounded means and half-widths and no measurements.";
        }

        if (cells.Exists(cell => cell.Time.Evidence == Evidence.Iterations))
        {
            yield return "Weaker evidence: where a side has a single launch, the interval is from its iterations, and how processes differ is unknown. Launch each benchmark four times or more (LaunchCount).";
        }

        if (cells.Exists(cell => cell.Time.Evidence == Evidence.FewLaunches))
        {
            yield return "Few launches: two or three on a side give a wide interval. Four or more need no assumption on how launches differ.";
        }
    }
}
