using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Models.Cards;
using Bench.Models.Files;
using Bench.Models.Signatures;

namespace Bench.Models.Metrics;

/// <summary>Makes the metric of a task from a file of labels.</summary>
public static class TaskMetrics
{
    /// <summary>Opens labels that were checked before. Masks are read when their image is scored: all together they may not fit into
    /// memory.</summary>
    /// <param name="task">What the network does.</param>
    /// <param name="values">What its outputs are; null for values of a regression.</param>
    /// <param name="output">The output that the labels belong to.</param>
    /// <param name="labelsPath">The <c>.npy</c> file with the truth for each image.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="NpyFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ITaskMetric Open(ModelTask task, OutputValues? values, TensorSpec output, string labelsPath)
    {
        var rows = NpyRows.Open(labelsPath);
        var meaning = values ?? OutputValues.Logits;
        switch (task)
        {
            case ModelTask.Segmentation:
                return MaskLayout.Of(output.Shape, [.. rows.Shape.Skip(1)]) is { } layout
                    ? new ClassMaskMetric(image => Row(rows, image), layout, meaning)
                    : new SegmentationMetric(image => Mask(rows, image), meaning);
            case ModelTask.Regression:
                return new ValuesMetric(image => Row(rows, image));
            case ModelTask.Classification when HasLabelSets(rows, output):
                return new MultiLabelMetric(image => Row(rows, image), meaning);
            default:
                using (rows)
                {
                    return new ClassificationMetric(Array.ConvertAll(Classes(rows), value => (int)value), meaning);
                }
        }
    }

    /// <summary>Whether labels say yes or no for each output, rather than which class an image has.</summary>
    internal static bool HasLabelSets(NpyRows labels, TensorSpec output) => labels.RowElements == output.Length;

    /// <summary>The labels of classes, as they stand in the file.</summary>
    internal static double[] Classes(NpyRows rows)
    {
        var classes = new double[rows.Count];
        for (var image = 0; image < classes.Length; image++)
        {
            classes[image] = Row(rows, image)[0];
        }

        return classes;
    }

    /// <summary>The labels of an image.</summary>
    internal static double[] Row(NpyRows rows, int image)
    {
        var row = new byte[rows.RowLength];
        rows.Read(image, row);
        var values = new double[rows.RowElements];
        ElementConversion.ToDoubles(row, rows.ElementType, values);
        return values;
    }

    private static byte[] Mask(NpyRows rows, int image) => Array.ConvertAll(Row(rows, image), value => value > 0 ? (byte)1 : (byte)0);
}
