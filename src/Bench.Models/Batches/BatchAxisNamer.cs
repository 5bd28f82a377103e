using Bench.Models.Onnx;
using Bench.Models.Signatures;

namespace Bench.Models.Batches;

/// <summary>Gives the axis that counts images a name in a network's file, so that engines can be told its length when the network is
/// loaded, and see no shape that is open.</summary>
public static class BatchAxisNamer
{
    /// <summary>Counts changes of what is made of the same network, so that files made before are made anew.</summary>
    public const int Version = 1;

    private const string Name = "bench_batch";

    /// <summary>The names of the axes that count images, if engines can be told their lengths as the file is.</summary>
    /// <param name="file">What the file says of itself.</param>
    /// <param name="axes">Where images are counted.</param>
    /// <returns>The names; null if an input's axis has none, or an output's is said to be of one length.</returns>
    public static IReadOnlyList<string>? NamesIn(OnnxSummary file, BatchAxes axes)
    {
        var inputs = axes.Inputs.Select(batch => AxisOf(file.Inputs, batch)).ToList();
        var outputs = axes.Outputs.Select(batch => AxisOf(file.Outputs, batch)).ToList();
        return inputs.TrueForAll(axis => axis is { IsOpen: true, Name: not null })
            && outputs.TrueForAll(axis => axis is null or { IsOpen: true })
                ? [.. inputs.Select(axis => axis!.Name!).Distinct()]
                : null;
    }

    /// <summary>Names the axes.</summary>
    /// <param name="model">The network; changed.</param>
    /// <param name="axes">Where images are counted.</param>
    public static void Run(ModelProto model, BatchAxes axes)
    {
        NameIn(model.Graph.Input, axes.Inputs);
        NameIn(model.Graph.Output, axes.Outputs);

        // What exporters wrote of values between has the old length; engines find these shapes themselves.
        foreach (var value in model.Graph.ValueInfo.Where(value => value.Type?.TensorType is not null))
        {
            value.Type.TensorType.Shape = null;
        }
    }

    private static void NameIn(IEnumerable<ValueInfoProto> values, IReadOnlyDictionary<string, int> axes)
    {
        foreach (var value in values)
        {
            // An output need not say how many axes it has.
            if (axes.TryGetValue(value.Name, out var index) && value.Type.TensorType.Shape is { } shape && shape.Dim.Count > index)
            {
                var axis = shape.Dim[index];
                axis.DimParam = string.IsNullOrEmpty(axis.DimParam) ? Name : axis.DimParam;
            }
        }
    }

    private static OnnxAxis? AxisOf(IReadOnlyList<OnnxValue> values, KeyValuePair<string, int> batch) =>
        values.FirstOrDefault(value => value.Name == batch.Key)?.Axes?.ElementAtOrDefault(batch.Value);
}
