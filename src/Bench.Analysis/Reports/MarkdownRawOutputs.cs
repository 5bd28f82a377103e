using System.Globalization;
using System.Text;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;

namespace Bench.Analysis.Reports;

/// <summary>Writes the table of a model without labels that says whether outputs are still the same.</summary>
internal static class MarkdownRawOutputs
{
    /// <summary>Writes it.</summary>
    /// <param name="text">Receives it.</param>
    /// <param name="model">The model.</param>
    /// <param name="compared">Its rows that were compared; at least one.</param>
    public static void WriteTo(StringBuilder text, ModelReport model, IReadOnlyList<MeasurementRow> compared)
    {
        var different = compared.Where(row => row.Comparison!.Evidence.Paired.MaxAbsDifference > 0).ToList();
        var spans = different.Select(row => row.Comparison!.Raw!.Span).Distinct().ToList();
        var inUnits = spans is [> 0 and var span]
            ? $" (of {Figures.Text(span, "0.####")}, which is {Figures.Text(model.Margin * span, "0.######")})"
            : string.Empty;
        var haveClasses = different.Exists(row => row.Comparison!.Evidence.TopClasses is not null);
        text.Append(CultureInfo.InvariantCulture,
            $"\nAre the outputs still the same? An image counts with the largest difference of any two "
            + $"of its numbers, as a share of the span of all numbers of the reference's outputs. "
            + $"Margin {model.Margin} of the span{inUnits}, as for probabilities, whose span is 1; "
            + $"{Figures.Percent(model.ToleratedShare)} of the images may differ by more.\n\n");
        var table = new MarkdownTable([
            "cell", "compared with", "answer", "mean share of the span [90 %]", "images beyond margin", "largest share of the span",
            "max abs difference", "lowest cosine", .. haveClasses ? ["other top class"] : Array.Empty<string>(),
        ]);
        foreach (var row in compared)
        {
            var (comparison, evidence, paired) = (row.Comparison!, row.Comparison!.Evidence, row.Comparison!.Evidence.Paired);
            table.Add([
                row.Label,
                comparison.ReferenceCellId,
                comparison.Answer,
                MarkdownQuality.WithInterval(paired.Mean.Value, paired.Mean.Interval),
                Figures.Percent(paired.Beyond.Share),
                comparison.Raw!.Span > 0 ? Figures.Difference(paired.MaxAbsDifference / comparison.Raw.Span)
                    : paired.MaxAbsDifference == 0 ? Figures.Difference(0) : Figures.None,
                Figures.Difference(paired.MaxAbsDifference),
                Figures.Text(comparison.Raw.LowestCosine, "0.000000"),
                .. !haveClasses ? Array.Empty<string>()
                    : paired.MaxAbsDifference > 0 && evidence.TopClasses is { } top
                        ? [string.Create(CultureInfo.InvariantCulture, $"{top.Count} of {top.Of}")]
                    : [paired.MaxAbsDifference == 0 ? "0" : Figures.None],
            ]);
        }

        table.WriteTo(text);
    }
}
