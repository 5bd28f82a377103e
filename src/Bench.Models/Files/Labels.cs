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

        if (task == ModelTask.Segmentation && output.Shape is not ([1, 1, _, _] or [1, _, _]))
        {
            faults.Add($"found output shape {TensorSpec.Text(output.Shape)}; expected [1, 1, height, width] for segmentation.");
            return;
        }

        var perImage = task == ModelTask.Classification ? 1 : output.Length;
        if (labels.Count != count || labels.RowElements != perImage)
        {
            faults.Add($"{path} has shape ({string.Join(", ", labels.Shape)}); expected {perImage} values for each of {count} images.");
            return;
        }

        var classes = output.Length;
        if (task == ModelTask.Classification && TaskMetrics.Classes(labels) is var values
            && values.Any(value => value != Math.Floor(value) || value < 0 || value >= classes))
        {
            faults.Add($"{path} holds {values.First(v => v != Math.Floor(v) || v < 0 || v >= classes)}; "
                + $"expected class numbers from 0 to {classes - 1}.");
        }
    }
}
