using Bench.Models.Onnx;

namespace Bench.Models.Halves;

/// <summary>Numbers that stand in nodes: treated like weights, so that what holds for these holds for them.</summary>
internal static class ConstantWeights
{
    // From this version on weights need not be listed among what goes in.
    private const long FirstWithoutInputs = 4;

    /// <summary>Makes weights of the nodes that hold 32-bit floats and nothing else.</summary>
    /// <param name="graph">The graph; changed.</param>
    public static void Hoist(GraphProto graph)
    {
        foreach (var node in graph.Node.Where(node => node.OpType == "Constant" && node.Domain is "" or "ai.onnx").ToList())
        {
            if (Floats(node) is { } tensor && node.Output is [var name])
            {
                graph.Node.Remove(node);
                var weights = tensor.Clone();
                weights.Name = name;
                graph.Initializer.Add(weights);
            }
        }
    }

    /// <summary>Takes weights that are gone off the list of what goes in: old files have all of them there.</summary>
    /// <param name="model">The network; changed.</param>
    /// <param name="before">The names of the weights that it had.</param>
    public static void Unlist(ModelProto model, IReadOnlyCollection<string> before)
    {
        var left = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var input in model.Graph.Input.Where(input => before.Contains(input.Name) && !left.Contains(input.Name)).ToList())
        {
            model.Graph.Input.Remove(input);
        }

        model.IrVersion = Math.Max(model.IrVersion, FirstWithoutInputs);
    }

    /// <summary>The 32-bit floats of a node that gives always the same; null if it gives others.</summary>
    /// <param name="node">A node <c>Constant</c> or <c>ConstantOfShape</c>.</param>
    public static TensorProto? Floats(NodeProto node) => node.Attribute.FirstOrDefault() switch
    {
        { Name: "value", T: { } given } => given.DataType == OnnxTypes.Float ? given : null,
        { Name: "value_float" } value => new TensorProto { DataType = OnnxTypes.Float, FloatData = { value.F } },
        { Name: "value_floats" } value =>
            new TensorProto { DataType = OnnxTypes.Float, Dims = { value.Floats.Count }, FloatData = { value.Floats } },
        null when node.OpType == "ConstantOfShape" => new TensorProto { DataType = OnnxTypes.Float, Dims = { 1 }, FloatData = { 0 } },
        _ => null,
    };
}
