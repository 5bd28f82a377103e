using System.Globalization;
using System.Text;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;

namespace Bench.Analysis.Reports;

/// <summary>Writes how well each class of a mask of several was found.</summary>
internal static class MarkdownClasses
{
    public static void WriteTo(StringBuilder text, ModelReport model)
    {
        var rows = model.Rows.Where(row => row is { Load: null, Facts.TaskMetric.ByClass.Count: > 0 }).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        text.Append("\nDice by class: the mean over the images that have the class, in their mask or in truth, and the worst of them.\n\n");
        var classes = rows[0].Facts.TaskMetric!.ByClass![0].Count;
        var table = new MarkdownTable(["cell", .. Enumerable.Range(1, classes).Select(number => Figures.Text(number, "'class' 0"))]);
        foreach (var row in rows)
        {
            var images = row.Facts.TaskMetric!.ByClass!;
            table.Add([row.Label, .. Enumerable.Range(0, classes).Select(number => Class(images, number))]);
        }

        table.WriteTo(text);
    }

    private static string Class(IReadOnlyList<IReadOnlyList<double?>> images, int number)
    {
        var scores = images.Select((scores, image) => (Score: number < scores.Count ? scores[number] : null, Image: image))
            .Where(entry => entry.Score is not null).ToList();
        if (scores.Count == 0)
        {
            return "in no image";
        }

        var worst = scores.MinBy(entry => entry.Score);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Figures.Metric(scores.Average(entry => entry.Score!.Value))} in {scores.Count} images, worst {Figures.Metric(worst.Score)} ")
            + string.Create(CultureInfo.InvariantCulture, $"(image {worst.Image})");
    }
}
