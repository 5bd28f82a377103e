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
    /// <returns>The names of the axes that count images.</returns>
    public static IReadOnlyList<string> Run(ModelProto model, BatchAxes axes)
    {
        var names = new HashSet<string>();
        foreach (var value in model.Graph.Input.Where(value => axes.Inputs.ContainsKey(value.Name)))
        {
            var axis = value.Type.TensorType.Shape.Dim[axes.Inputs[value.Name]];
            axis.DimParam = string.IsNullOrEmpty(axis.DimParam) ? Name : axis.DimParam;
            names.Add(axis.DimParam);
        }

        foreach (var value in model.Graph.Output.Where(value => axes.Outputs.ContainsKey(value.Name)))
        {
            // An output need not say how many axes it has.
            if (value.Type.TensorType.Shape is { } shape && shape.Dim.Count > axes.Outputs[value.Name])
            {
                var axis = shape.Dim[axes.Outputs[value.Name]];
                axis.DimParam = string.IsNullOrEmpty(axis.DimParam) ? Name : axis.DimParam;
            }
        }

        // What exporters wrote of values between has the old length; engines find these shapes themselves.
        foreach (var value in model.Graph.ValueInfo.Where(value => value.Type?.TensorType is not null))
        {
            value.Type.TensorType.Shape = null;
        }

        return [.. names];
    }

    private static OnnxAxis? AxisOf(IReadOnlyList<OnnxValue> values, KeyValuePair<string, int> batch) =>
        values.FirstOrDefault(value => value.Name == batch.Key)?.Axes?.ElementAtOrDefault(batch.Value);
}
