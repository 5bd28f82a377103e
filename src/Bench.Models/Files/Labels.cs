using Bench.Arrays.Npy;
using Bench.Models.Cards;
using Bench.Models.Metrics;
using Bench.Models.Signatures;

namespace Bench.Models.Files;

/// <summary>Checks labels before anything is measured.</summary>
internal static class Labels
{
    /// <summary>Looks at a file of labels.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">What the network does.</param>
    /// <param name="output">The output that they belong to; null if none is judged.</param>
    /// <param name="count">How many examples there are.</param>
    /// <param name="faults">Takes what is wrong, one sentence each.</param>
    /// <exception cref="NpyFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Check(string path, ModelTask task, TensorSpec? output, int count, List<string> faults)
    {
        using var labels = NpyRows.Open(path);
        if (output is not { IsFixed: true })
        {
            faults.Add($"found labels in {path} for an output whose length depends on the numbers that go in; "
                + "name another output, or leave the labels out.");
            return;
        }

        if (labels.Count != count || ExpectedPerImage(task, output, labels) is { } expected)
        {
            faults.Add($"{path} has shape ({string.Join(", ", labels.Shape)}); expected "
                + $"{ExpectedPerImage(task, output, labels) ?? Values(labels.RowElements)} for each of {count} images.");
            return;
        }

        var (wrong, allowed) = task switch
        {
            ModelTask.Regression => (Beyond(labels, double.IsFinite), "finite numbers"),
            ModelTask.Segmentation when MaskLayout.Of(output.Shape, [.. labels.Shape.Skip(1)]) is { HasClassNumbers: true } layout =>
                (Beyond(labels, value => IsClass(value, layout.Channels)), $"class numbers from 0 to {layout.Channels - 1}"),
            ModelTask.Segmentation => (Beyond(labels, double.IsFinite), "masks"),
            ModelTask.Classification when TaskMetrics.HasLabelSets(labels, output) =>
                (Beyond(labels, value => value is 0 or 1), "0 or 1 for each label"),
            _ => (Beyond(labels, value => IsClass(value, output.Length)), $"class numbers from 0 to {output.Length - 1}"),
        };
        if (wrong is { } value)
        {
            faults.Add(FormattableString.Invariant($"{path} holds {value}; expected {allowed}."));
        }
    }

    /// <summary>The largest value of all labels less the smallest.</summary>
    /// <param name="path">The file.</param>
    public static double Span(string path)
    {
        using var labels = NpyRows.Open(path);
        var (smallest, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var image = 0; image < labels.Count; image++)
        {
            foreach (var value in TaskMetrics.Row(labels, image))
            {
                (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
            }
        }

        return Math.Max(0, largest - smallest);
    }

    private static bool IsClass(double value, int classes) => value == Math.Floor(value) && value >= 0 && value < classes;

    /// <summary>What labels should be for each image; null if they are.</summary>
    private static string Values(long count) => count == 1 ? "1 value" : $"{count} values";

    private static string? ExpectedPerImage(ModelTask task, TensorSpec output, NpyRows labels) => task switch
    {
        ModelTask.Segmentation => labels.RowElements == output.Length
            || MaskLayout.Of(output.Shape, [.. labels.Shape.Skip(1)]) is not null
                ? null
                : $"a mask that fits {TensorSpec.Text(output.Shape)}: {output.Length} values, or the class of every pixel,",
        ModelTask.Regression => labels.RowElements == output.Length ? null : Values(output.Length),
        _ => labels.RowElements == 1 || labels.RowElements == output.Length
            ? null
            : $"1 value, the class, or {output.Length}, 0 or 1 for each label,",
    };

    private static double? Beyond(NpyRows labels, Func<double, bool> isAllowed)
    {
        for (var image = 0; image < labels.Count; image++)
        {
            foreach (var value in TaskMetrics.Row(labels, image))
            {
                if (!isAllowed(value))
                {
                    return value;
                }
            }
        }

        return null;
    }
}
