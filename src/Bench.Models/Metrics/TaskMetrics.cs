using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Models.Cards;

namespace Bench.Models.Metrics;

/// <summary>Makes the metric of a task from a file of labels.</summary>
public static class TaskMetrics
{
    /// <summary>Opens labels that were checked before. Masks are read when their image is scored: all together they may not fit into
    /// memory.</summary>
    /// <param name="task">What the network does.</param>
    /// <param name="values">What its outputs are.</param>
    /// <param name="labelsPath">The <c>.npy</c> file with a class or a mask for each image.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="NpyFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ITaskMetric Open(ModelTask task, OutputValues values, string labelsPath)
    {
        var rows = NpyRows.Open(labelsPath);
        if (task == ModelTask.Segmentation)
        {
            return new SegmentationMetric(image => Mask(rows, image), values);
        }

        using (rows)
        {
            return new ClassificationMetric(Array.ConvertAll(Classes(rows), value => (int)value), values);
        }
    }

    /// <summary>The labels of classes, as they stand in the file.</summary>
    internal static double[] Classes(NpyRows rows)
    {
        var classes = new double[rows.Count];
        var row = new byte[rows.RowLength];
        for (var image = 0; image < classes.Length; image++)
        {
            rows.Read(image, row);
            ElementConversion.ToDoubles(row, rows.ElementType, classes.AsSpan(image, 1));
        }

        return classes;
    }

    private static byte[] Mask(NpyRows rows, int image)
    {
        var row = new byte[rows.RowLength];
        rows.Read(image, row);
        var values = new double[rows.RowElements];
        ElementConversion.ToDoubles(row, rows.ElementType, values);
        return Array.ConvertAll(values, value => value > 0 ? (byte)1 : (byte)0);
    }
}
