using System.Globalization;
using System.Text;
using Bench.Analysis.Input;
using Bench.Analysis.Rendering;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;
using static System.FormattableString;

namespace Bench.Analysis.Equivalence;

/// <summary>What <c>bench equivalence</c> says of two files.</summary>
/// <param name="Evidence">What the outputs show.</param>
/// <param name="Level">The confidence of two-sided intervals.</param>
/// <param name="Statistic">What stood for an image.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Remarks">What a reader must know.</param>
public sealed record EquivalenceReport(
    OutputEvidence Evidence, double Level, OutputStatistic Statistic, EquivalenceVerdict Verdict, IReadOnlyList<string> Remarks)
{
    /// <summary>Why the outputs are not called the same, a sentence each; nothing if they are.</summary>
    public IReadOnlyList<string> Reasons => Verdict switch
    {
        EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent => [],
        EquivalenceVerdict.Different => Evidence.WhyDifferent,
        _ => Evidence.WhyNotEquivalent,
    };

    private PairedEquivalence Tests => Evidence.Paired;

    /// <summary>Compares two files.</summary>
    /// <param name="referencePath">The reference's outputs.</param>
    /// <param name="candidatePath">The candidate's outputs.</param>
    /// <param name="interpretation">How the files are to be read.</param>
    /// <param name="options">How they are compared.</param>
    /// <returns>The report; differences are reference − candidate.</returns>
    /// <exception cref="RunFormatException">A file is missing, damaged or does not fit.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or an exact p-value cannot be had.</exception>
    public static EquivalenceReport Create(
        string referencePath, string candidatePath, OutputInterpretation interpretation, EquivalenceOptions options)
    {
        var pair = OutputPair.Read(referencePath, candidatePath, interpretation);
        if (!double.IsFinite(pair.MaxAbsDifference))
        {
            throw new RunFormatException(
                candidatePath, "found numbers so far from those of the reference that their difference is not finite.");
        }

        // No probability and no Dice can change by more than 1.
        var isBounded = interpretation.Values == OutputValues.Probabilities || interpretation.Statistic == OutputStatistic.Dice;
        var used = isBounded ? options with { LargestDifference = 1 } : options;
        var evidence = new OutputEvidence(
            PairedEquivalence.Of(pair.First, pair.Second, pair.MaxAbsDifference, used),
            pair.Answers is { } answers ? AccuracyEvidence.Of(answers, used) : null,
            pair.ChangedTopClasses is { } changed
                ? ShareEvidence.Create(changed, pair.First.Length, used.Margin, 1 - used.Significance)
                : null,
            used.Margin,
            used.Significance);
        var verdict = evidence.SameOutputs();
        return new EquivalenceReport(
            evidence, options.Level, interpretation.Statistic,
            !pair.HasMasks && verdict is EquivalenceVerdict.Equivalent or EquivalenceVerdict.Identical
                ? EquivalenceVerdict.Inconclusive
                : verdict,
            [.. pair.Remarks.Distinct()]);
    }

    /// <summary>Writes the report for programs.</summary>
    /// <returns>JSON, with line feeds.</returns>
    public string ToJson() => EquivalenceJson.Write(this);

    /// <summary>Writes the report for people.</summary>
    /// <returns>Some lines of text, the same in every culture.</returns>
    public string ToText()
    {
        var (wilcoxon, beyond) = (Tests.Wilcoxon, Tests.Beyond);
        var text = new StringBuilder();
        Line(text, $"{Verdict.Name()}: {Reason()}");
        foreach (var reason in Reasons)
        {
            Line(text, $"- {Figures.Capital(reason)}.");
        }

        text.Append(CultureInfo.InvariantCulture, $"  images             {wilcoxon.Pairs}, {wilcoxon.Zeros} of them equal, "
            + $"{wilcoxon.Ties} others tied; an image's number is {NameOf(Statistic)}; differences are REF − CAND\n");
        text.Append(CultureInfo.InvariantCulture, $"  mean difference    {Tests.Mean.Value:G6} {Interval(Tests.Mean.Interval)}, "
            + $"margin ±{Evidence.Margin:G6}; not within it p {P(Tests.Mean.PWithin)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  beyond the margin  {beyond.Count} images, {100 * beyond.Share:0.##} % "
            + $"[{100 * beyond.Lower:0.##}, {100 * beyond.Upper:0.##}]; tolerated {100 * beyond.Allowed:0.##} %\n");
        if (Evidence.Accuracy is { } accuracy)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  loss of accuracy   {Difference(accuracy.Answers):0.####} {Interval(accuracy.Loss)}; "
                + $"{accuracy.Answers.OnlyFirstRight} images were right only in REF, {accuracy.Answers.OnlySecondRight} only in CAND; "
                + $"McNemar p {P(accuracy.McNemarPValue)}\n");
        }

        if (Evidence.TopClasses is { } classes)
        {
            text.Append(CultureInfo.InvariantCulture, $"  another top class  {classes.Count} images, {100 * classes.Share:0.##} % "
                + $"[{100 * classes.Lower:0.##}, {100 * classes.Upper:0.##}]; allowed {100 * classes.Allowed:0.##} %\n");
        }

        Line(text, $"  max abs difference {Tests.MaxAbsDifference:G6}");
        Line(text, $"Beside it, deciding nothing alone:");
        text.Append(CultureInfo.InvariantCulture, $"  Hodges–Lehmann     {Tests.Centre.Value:G6} {Interval(Tests.Centre.Interval)}; signed "
            + $"ranks not within the margin p {P(Tests.Tost.PValue)} (lower {P(Tests.Tost.PLower)}, upper {P(Tests.Tost.PUpper)})\n");
        text.Append(CultureInfo.InvariantCulture,
            $"  Wilcoxon p         {P(wilcoxon.PValue)} ({EquivalenceJson.Method(wilcoxon)}, {EquivalenceJson.Name(wilcoxon.ZeroMethod)}; "
            + $"W+ {wilcoxon.WPlus}, W− {wilcoxon.WMinus}; rank-biserial {wilcoxon.RankBiserial:0.000})\n");
        Line(text, $"  sign test p        {P(Tests.SignTestPValue)}");
        foreach (var remark in Remarks)
        {
            Line(text, $"{remark}");
        }

        return text.ToString();
    }

    private string Reason() => Verdict switch
    {
        EquivalenceVerdict.Identical => "every number is equal.",
        EquivalenceVerdict.Equivalent => "the mean difference is shown to be within the margin, "
            + Invariant($"and {Tests.Beyond.Count} of {Tests.Images} images differ by more. But {Evidence.Unseen}."),
        EquivalenceVerdict.Different => "a difference beyond what is allowed is shown.",
        EquivalenceVerdict.InsufficientData =>
            Invariant($"{Tests.Images} images are too few to show that nothing differs; it takes {Evidence.FewestImages} or more."),
        _ => "neither that the outputs are the same nor that they differ is shown.",
    };

    private string Interval(ConfidenceInterval? interval) => interval is not null
        ? Invariant($"[{interval.Lower:G6}, {interval.Upper:G6}] at {100 * Level:G4} %")
        : Invariant($"(too few images for an interval at {100 * Level:G4} %)");

    private static double Difference(PairedOutcomes answers) => (double)(answers.OnlyFirstRight - answers.OnlySecondRight) / answers.Count;

    private static string NameOf(OutputStatistic statistic) => statistic switch
    {
        OutputStatistic.Largest => "the one that differs most",
        OutputStatistic.Value => "its only one",
        OutputStatistic.Mean => "the mean of all",
        OutputStatistic.Max => "the largest of all",
        OutputStatistic.Dice => "the Dice of its mask",
        _ => "that of its true class",
    };

    private static string P(double p) => p < 1e-4 ? Invariant($"{p:0.0e+0}") : Invariant($"{p:0.0000}");

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
