using System.Text.Json.Serialization;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Equivalence;

/// <summary>How the outputs of a cell differ from those of a reference cell of the same model, and whether that matters.</summary>
/// <param name="ReferenceCellId">The cell compared with.</param>
/// <param name="Question">Which question the cell is asked: same outputs, or same quality.</param>
/// <param name="MetricChange">Task metric of the cell less that of the reference; null without labels.</param>
/// <param name="Evidence">What the outputs show; differences are what the cell lost: reference − cell, and cell − reference of
/// errors.</param>
/// <param name="PDifferent">The p-value of H0: the outputs are the same, corrected for all comparisons that are read together.</param>
/// <param name="Outputs">Whether the outputs are the same.</param>
/// <param name="Quality">Whether the quality is kept.</param>
public sealed record OutputComparison(
    string ReferenceCellId,
    OutputQuestion Question,
    double? MetricChange,
    OutputEvidence Evidence,
    double PDifferent,
    EquivalenceVerdict Outputs,
    QualityVerdict Quality)
{
    /// <summary>The precision that the engine really computed in, where that is not the one that was asked for; else null.</summary>
    public string? ComputedIn { get; init; }

    /// <summary>Whether less of the task metric is better.</summary>
    [JsonIgnore]
    public bool IsError { get; init; }

    /// <summary>How much worse the task metric is than that of the reference; below 0 if it is better, null without labels.</summary>
    [JsonIgnore]
    public double? MetricLoss => IsError ? MetricChange : -MetricChange;

    /// <summary>How far outputs without labels are apart; null where there are labels.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawDifferences? Raw { get; init; }

    /// <summary>How many images both processed.</summary>
    [JsonIgnore]
    public int Images => Evidence.Paired.Images;

    /// <summary>The interval of <see cref="MetricChange"/>; null if there is none.</summary>
    [JsonIgnore]
    public ConfidenceInterval? MetricChangeInterval =>
        (Evidence.Accuracy?.Loss ?? Evidence.Paired.Mean.Interval) is { } loss
            ? IsError ? loss : new ConfidenceInterval(-loss.Upper, -loss.Lower, loss.Level)
            : null;

    /// <summary>What may be said of the cell: accepted, refused, or neither shown; the question that it is asked decides.</summary>
    [JsonIgnore]
    public bool? IsAccepted => Question switch
    {
        OutputQuestion.NotTested => null,
        OutputQuestion.SameQuality => Quality switch { QualityVerdict.Kept => true, QualityVerdict.Lost => false, _ => null },
        _ => Outputs switch
        {
            EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent => true,
            EquivalenceVerdict.Different => false,
            _ => null,
        },
    };

    /// <summary>The answer in a word or two, for tables.</summary>
    [JsonIgnore]
    public string Answer => Question switch
    {
        OutputQuestion.NotTested => $"not tested: computed in {ComputedIn}",
        OutputQuestion.SameQuality => $"quality {Quality.Name()}, outputs {Outputs.Name()}",
        _ => Outputs.Name(),
    };

    /// <summary>Compares a cell with a reference, alone.</summary>
    /// <param name="referenceRun">The reference's run.</param>
    /// <param name="reference">The reference cell.</param>
    /// <param name="run">The cell's run.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="options">How.</param>
    /// <returns>The comparison, or null if either has no outputs, if they are gone and nothing was kept that compares the two, if they are
    /// of different numbers of images, or if one alone has labels.</returns>
    /// <exception cref="RunFormatException">A file is damaged, or does not fit the other.</exception>
    public static OutputComparison? Between(
        MeasuredRun referenceRun, CellFacts reference, MeasuredRun run, CellFacts cell, EquivalenceOptions options)
    {
        if (reference.OutputImages != cell.OutputImages || cell.OutputImages == 0
            || (reference.TaskMetric is null) != (cell.TaskMetric is null))
        {
            return null;
        }

        // Of single outputs every one is compared, whatever stands for an image.
        if (OutputDifferences.Of(referenceRun, reference, run, cell) is not { } differences)
        {
            return null;
        }

        var evidence = reference.TaskMetric is { } expected && cell.TaskMetric is { } found
            ? Scored(expected, found, differences.Largest.Max(), options, run.Folder)
            : RawEvidence.Of(differences, options);
        var computedIn = cell.ComputedIn;
        return new OutputComparison(
            reference.Id.ToString(),
            computedIn is not null && !(reference.Precision == cell.Precision && reference.EffectivePrecision == cell.EffectivePrecision)
                ? OutputQuestion.NotTested
                : reference.Precision != cell.Precision && cell.TaskMetric is not null ? OutputQuestion.SameQuality
                : OutputQuestion.SameOutputs,
            cell.TaskMetric?.Value - reference.TaskMetric?.Value,
            evidence,
            evidence.PDifferent,
            evidence.SameOutputs(),
            evidence.SameQuality)
        {
            ComputedIn = computedIn,
            IsError = cell.TaskMetric is { IsError: true },
            Raw = cell.TaskMetric is null ? differences.Raw : null,
        };
    }

    private static OutputEvidence Scored(
        TaskMetricFacts expected, TaskMetricFacts found, double largest, EquivalenceOptions options, RunFolder folder)
    {
        var paired = Paired(expected, found, largest, options, folder);
        var answers = expected.IsAccuracy && expected.PerImage.Count == found.PerImage.Count
            ? AccuracyEvidence.Of(Answers(expected, found, folder), options)
            : null;
        return new OutputEvidence(paired, answers, null, options.Margin, options.Significance);
    }

    /// <summary>
    /// Corrects the verdicts of comparisons that are read together: the chance of a single wrong <i>different</i> in a report stays below
    /// the significance (Holm). <i>Equivalent</i> and <i>kept</i> need no correction, because each cell is chosen by its own.
    /// </summary>
    /// <param name="comparisons">The comparisons.</param>
    /// <returns>The same, corrected.</returns>
    public static IReadOnlyList<OutputComparison> Together(IReadOnlyList<OutputComparison> comparisons)
    {
        var corrected = Multiplicity.Holm([.. comparisons.Select(comparison => comparison.Evidence.PDifferent)]);
        return [.. comparisons.Select(
            (comparison, i) => comparison with { PDifferent = corrected[i], Outputs = comparison.Evidence.SameOutputs(corrected[i]) })];
    }

    private static PairedEquivalence Paired(
        TaskMetricFacts expected, TaskMetricFacts found, double largest, EquivalenceOptions options, RunFolder folder)
    {
        try
        {
            return PairedEquivalence.OfLoss(expected, found, metric => metric.Graded, largest, options);
        }
        catch (ArgumentException e)
        {
            throw new RunFormatException(folder.ManifestPath, $"the graded scores cannot be compared: {e.Message}", e);
        }
    }

    private static PairedOutcomes Answers(TaskMetricFacts expected, TaskMetricFacts found, RunFolder folder)
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
}
