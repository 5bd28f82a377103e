using Bench.Models.Halves;
using Bench.Models.Onnx;

namespace Bench.Models.Quantization;

/// <summary>Brings a network to the version of ONNX's operators in which weights can have a scale for each channel.</summary>
internal static class OpsetUpgrade
{
    /// <summary>The version: https://github.com/onnx/onnx/blob/main/docs/Changelog.md#dequantizelinear-13.</summary>
    public const long Version = 13;

    /// <summary>The version of the format that belongs to it: https://github.com/onnx/onnx/blob/main/docs/Versioning.md.</summary>
    public const long IrVersion = 7;

    private const long Oldest = 11;

    // What their text says is the same from version 11 to 13, types aside.
    private static readonly HashSet<string> Same =
    [
        "Add", "Sub", "Mul", "Div", "Relu", "Clip", "Sigmoid", "Tanh", "LeakyRelu", "Elu", "PRelu", "Exp", "Log", "Sqrt", "Neg",
        "Abs", "Erf", "Pow", "Min", "Max", "Sum", "Mean", "Conv", "ConvTranspose", "Gemm", "MatMul", "MaxPool", "AveragePool",
        "GlobalAveragePool", "GlobalMaxPool", "BatchNormalization", "InstanceNormalization", "Concat", "Flatten", "Reshape", "Transpose",
        "Identity", "Cast",
        "Constant", "ConstantOfShape", "Shape", "Size", "Gather", "Slice", "Pad", "Resize", "Expand", "Tile", "Where", "Equal", "Less",
        "Greater", "Not", "And", "Or", "ReduceMean", "ReduceMax", "ReduceMin", "DepthToSpace", "SpaceToDepth", "Dropout", "ArgMax",
        "ArgMin", "TopK", "NonZero", "Floor", "Ceil", "Round", "Range", "LRN", "Softplus", "HardSigmoid", "Upsample",
        "ScatterND", "GatherND",
    ];

    /// <summary>Brings a network to it, if it is older.</summary>
    /// <param name="model">The network; changed.</param>
    /// <exception cref="NotSupportedException">It has operators that mean something else there.</exception>
    public static void To13(ModelProto model)
    {
        var import = model.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx")
            ?? throw new NotSupportedException("it does not say which version of ONNX's operators it uses.");
        if (import.Version >= Version)
        {
            return;
        }

        if (import.Version < Oldest)
        {
            throw new NotSupportedException(FormattableString.Invariant(
                $"it is of version {import.Version} of ONNX's operators; expected {Oldest} or later. Export it anew."));
        }

        foreach (var node in model.Graph.Node.Where(node => node.Domain is "" or "ai.onnx"))
        {
            if (node.OpType is "Squeeze" or "Unsqueeze" && ValueTypes.Attribute(node, "axes") is { } axes)
            {
                // From version 13 on axes go in.
                var name = $"{node.Output[0]}_axes";
                var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Int64, Int64Data = { axes.Ints } };
                tensor.Dims.Add(axes.Ints.Count);
                model.Graph.Initializer.Add(tensor);
                node.Input.Add(name);
                node.Attribute.Remove(axes);
            }
            else if (!Same.Contains(node.OpType) && node.OpType is not ("Squeeze" or "Unsqueeze")
                && !(node.OpType is "Softmax" or "LogSoftmax" && IsOfLastAxis(model.Graph, node)))
            {
                throw new NotSupportedException(FormattableString.Invariant(
                    $"its operator {node.OpType} means something else from version {Version} on, and the network is of version ")
                    + FormattableString.Invariant($"{import.Version}. Export it anew at version {Version} or later."));
            }
            else if (node.OpType == "Dropout")
            {
                // From version 12 on its ratio goes in; nothing is dropped where nothing is trained.
                node.Attribute.Clear();
            }
            else if (node.OpType is "Softmax" or "LogSoftmax")
            {
                node.Attribute.Clear();
                node.Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = -1 });
            }
        }

        import.Version = Version;
    }

    /// <summary>Before version 13 all axes from one on count as one: the same where it is the last one.</summary>
    private static bool IsOfLastAxis(GraphProto graph, NodeProto node)
    {
        var axis = ValueTypes.Attribute(node, "axis")?.I ?? 1;
        var shape = graph.Output.Concat(graph.ValueInfo).FirstOrDefault(value => value.Name == node.Output[0])?.Type?.TensorType?.Shape;
        return axis == -1 || (shape is not null && axis == shape.Dim.Count - 1);
    }
}
