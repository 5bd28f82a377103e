using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>How the outputs of a cell differ from those of a reference cell of the same model.</summary>
/// <param name="ReferenceCellId">The cell compared with.</param>
/// <param name="Images">How many images both processed.</param>
/// <param name="MetricChange">Task metric of the cell less that of the reference.</param>
/// <param name="Tests">The paired tests on the graded score of each image, reference − cell.</param>
/// <param name="Answers">For a classification, how often either was right and wrong; else null.</param>
/// <param name="McNemarPValue">McNemar's exact test of <paramref name="Answers"/>; null without.</param>
/// <param name="MetricChangeInterval">The 90 % interval of <paramref name="MetricChange"/> for a classification; null for others.</param>
/// <param name="PEquivalent">The p-value of H0: not equivalent, corrected for all comparisons that are read together.</param>
/// <param name="Verdict">What that says.</param>
public sealed record OutputComparison(
    string ReferenceCellId,
    int Images,
    double MetricChange,
    PairedEquivalence Tests,
    PairedOutcomes? Answers,
    double? McNemarPValue,
    ConfidenceInterval? MetricChangeInterval,
    double PEquivalent,
    EquivalenceVerdict Verdict)
{
    private const string Accuracy = "accuracy";

    /// <summary>Compares a cell with a reference, alone.</summary>
    /// <param name="referenceFolder">The run folder with the reference's outputs.</param>
    /// <param name="reference">The reference cell.</param>
    /// <param name="folder">The run folder with the cell's outputs.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="options">How.</param>
    /// <returns>The comparison, or null if either has no outputs or they are of different numbers of images.</returns>
    /// <exception cref="RunFormatException">An output file is missing, damaged, or does not fit the other.</exception>
    public static OutputComparison? Between(RunFolder referenceFolder, CellFacts reference, RunFolder folder, CellFacts cell, EquivalenceOptions options)
    {
        if (reference.TaskMetric is not { } expected || cell.TaskMetric is not { } found || reference.Outputs is null || cell.Outputs is null
            || expected.Graded.Count != found.Graded.Count || expected.Graded.Count == 0)
        {
            return null;
        }

        var largest = LargestDifference(Path.Combine(referenceFolder.Path, reference.Outputs), Path.Combine(folder.Path, cell.Outputs));
        var tests = Test(expected, found, largest, options, folder);
        var answers = expected.Name == Accuracy && expected.PerImage.Count == found.PerImage.Count ? Answers2x2(expected, found, folder) : null;
        return new OutputComparison(
            reference.Id,
            found.Graded.Count,
            found.Value - expected.Value,
            tests,
            answers,
            answers is null ? null : McNemar.ExactPValue(answers),
            answers is null ? null : Negated(McNemar.DifferenceInterval(answers, options.Level)),
            tests.Tost.PValue,
            tests.Verdict(options.Significance));
    }

    /// <summary>Corrects the verdicts of comparisons that are read together.</summary>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="options">How.</param>
    /// <returns>The same, corrected.</returns>
    public static IReadOnlyList<OutputComparison> Together(IReadOnlyList<OutputComparison> comparisons, EquivalenceOptions options)
    {
        var judged = EquivalenceFamily.Judge([.. comparisons.Select(comparison => comparison.Tests)], options.Significance);
        return [.. comparisons.Select((comparison, i) => comparison with { PEquivalent = judged[i].PEquivalent, Verdict = judged[i].Verdict })];
    }

    // Of single outputs every one is compared, whatever the statistic on top.
    private static double LargestDifference(string referencePath, string path) => OutputPair.Read(referencePath, path, OutputStatistic.Mean, null).MaxAbsDifference;

    private static PairedEquivalence Test(TaskMetricFacts expected, TaskMetricFacts found, double largest, EquivalenceOptions options, RunFolder folder)
    {
        try
        {
            return PairedEquivalence.Of([.. expected.Graded], [.. found.Graded], largest, options);
        }
        catch (ArgumentException e)
        {
            throw new RunFormatException(folder.ManifestPath, $"the graded scores cannot be compared: {e.Message}", e);
        }
    }

    private static PairedOutcomes Answers2x2(TaskMetricFacts expected, TaskMetricFacts found, RunFolder folder)
    {
        try
        {
            return PairedOutcomes.Count2x2(expected.PerImage, found.PerImage);
        }
        catch (ArgumentException e)
        {
            throw new RunFormatException(folder.ManifestPath, $"the answers cannot be compared: {e.Message}", e);
        }
    }

    private static ConfidenceInterval Negated(ConfidenceInterval interval) => new(-interval.Upper, -interval.Lower, interval.Level);
}
