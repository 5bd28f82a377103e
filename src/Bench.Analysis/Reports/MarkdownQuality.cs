using System.Globalization;
using System.Text;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Reports;

/// <summary>Writes the table of a model's report that says whether outputs, or the quality, are still the same.</summary>
internal static class MarkdownQuality
{
    public static void WriteTo(StringBuilder text, ModelReport model)
    {
        var compared = model.Rows.Where(row => row is { Comparison: not null, Load: null }).ToList();
        if (compared.Count == 0)
        {
            return;
        }

        if (compared.TrueForAll(row => row.Comparison!.Raw is not null))
        {
            MarkdownRawOutputs.WriteTo(text, model, compared);
            WriteReasons(text, compared);
            return;
        }

        var graded = Figures.Capital(model.GradedName.Length == 0 ? "graded score" : model.GradedName);
        text.Append(CultureInfo.InvariantCulture, $"\nAre the outputs still the same, or at another precision the quality? {graded} of "
            + $"each image, margin ±{Figures.Text(model.Margin, "0.######")}, "
            + $"{Figures.Percent(model.ToleratedShare)} of the images may differ by more.\n\n");
        var answers = compared.Exists(row => row.Comparison!.Evidence.Accuracy is not null);
        var batches = compared.Exists(row => row.DifferenceFromBatch1 is not null);
        var table = new MarkdownTable([
            "cell", "compared with", "answer", "mean difference [90 %]", "images beyond ±margin", "loss at most (95 %)",
            "centre of differences [90 %]", "Wilcoxon p", "sign test p",
            .. answers ? ["McNemar p"] : Array.Empty<string>(), "equal images", "max abs difference",
            .. batches ? ["from its own batch 1"] : Array.Empty<string>(),
        ]);
        foreach (var row in compared)
        {
            var (comparison, evidence, paired) = (row.Comparison!, row.Comparison!.Evidence, row.Comparison!.Evidence.Paired);
            table.Add([
                row.Label,
                comparison.ReferenceCellId,
                comparison.Answer,
                WithInterval(paired.Mean.Value, paired.Mean.Interval),
                Figures.Percent(paired.Beyond.Share),
                double.IsFinite(evidence.LossUpper) ? Figures.Text(Math.Max(0, evidence.LossUpper), "0.0000") : Figures.None,
                WithInterval(paired.Centre.Value, paired.Centre.Interval),
                Figures.PValue(paired.Wilcoxon.PValue),
                Figures.PValue(paired.SignTestPValue),
                .. answers
                    ? [evidence.Accuracy is { } accuracy ? Figures.PValue(accuracy.McNemarPValue) : Figures.None]
                    : Array.Empty<string>(),
                Figures.Share((double)paired.Wilcoxon.Zeros / paired.Wilcoxon.Pairs),
                Figures.Difference(paired.MaxAbsDifference),
                .. batches
                    ? [row.DifferenceFromBatch1 is { } difference ? Figures.Difference(difference) : Figures.None]
                    : Array.Empty<string>(),
            ]);
        }

        table.WriteTo(text);
        WriteReasons(text, compared);
    }

    /// <summary>A number with its interval, if it has one.</summary>
    internal static string WithInterval(double value, ConfidenceInterval? interval) => interval is not null
        ? $"{Figures.Signed(value)} [{Figures.Signed(interval.Lower)}, {Figures.Signed(interval.Upper)}]"
        : Figures.Signed(value);

    /// <summary>What is missing where an answer is open, and what no number of equal images can exclude.</summary>
    private static void WriteReasons(StringBuilder text, List<MeasurementRow> compared)
    {
        text.Append('\n');
        foreach (var unseen in compared.Where(row => row.Comparison!.IsAccepted == true)
            .Select(row => row.Comparison!.Evidence.Unseen).Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $"- Where the answer is yes, {unseen}.\n");
        }

        foreach (var open in compared.Where(row => row.Comparison is { IsAccepted: null, ComputedIn: null })
            .GroupBy(row => string.Join("; ", row.Comparison!.Question == OutputQuestion.SameQuality
                ? [row.Comparison.Evidence.WhyNotKept!]
                : row.Comparison.Evidence.WhyNotEquivalent)))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {string.Join(", ", open.Select(row => $"`{row.Label}`"))}: {open.Key}.\n");
        }
    }
}
