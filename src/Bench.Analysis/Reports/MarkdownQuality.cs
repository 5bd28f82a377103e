using System.Globalization;
using System.Text;
using Bench.Analysis.Equivalence;

namespace Bench.Analysis.Reports;

/// <summary>Writes the table of a model's report that says whether outputs are still the same.</summary>
internal static class MarkdownQuality
{
    public static void WriteTo(StringBuilder text, ModelReport model)
    {
        var compared = model.Rows.Where(row => row.Comparison is not null).ToList();
        if (compared.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\nAre the outputs still the same? {Figures.Capital(model.GradedName.Length == 0 ? "graded score" : model.GradedName)} of each image, margin ±{model.Margin}.\n\n");
        var answers = compared.Exists(row => row.Comparison!.McNemarPValue is not null);
        var table = new MarkdownTable([
            "cell", "compared with", "verdict", "centre of differences [90 %]", "not equivalent p", "Wilcoxon p", .. answers ? ["McNemar p"] : Array.Empty<string>(),
            "equal images", "max abs difference",
        ]);
        foreach (var row in compared)
        {
            var comparison = row.Comparison!;
            var tests = comparison.Tests;
            table.Add([
                row.Label,
                comparison.ReferenceCellId,
                comparison.Verdict.Name(),
                Figures.Centre(tests.Centre),
                Figures.PValue(comparison.PEquivalent),
                Figures.PValue(tests.Wilcoxon.PValue),
                .. answers ? [comparison.McNemarPValue is { } p ? Figures.PValue(p) : Figures.None] : Array.Empty<string>(),
                Figures.Share((double)tests.Wilcoxon.Zeros / tests.Wilcoxon.Pairs),
                Figures.Difference(tests.MaxAbsDifference),
            ]);
        }

        table.WriteTo(text);
    }
}
