using Bench.Models.Halves;
using Bench.Models.Onnx;

namespace Bench.Models.Quantization;

/// <summary>Which nodes of a network can compute in 8-bit integers, and how.</summary>
internal static class IntegerNodes
{
    private const string Nearest = "nearest";

    private static readonly HashSet<string> KeepValues =
    [
        "MaxPool", "Reshape", "Flatten", "Transpose", "Squeeze", "Unsqueeze", "Slice", "Split", "Identity", "DepthToSpace", "SpaceToDepth",
    ];

    /// <summary>Whether a node only moves or picks numbers of its first input, so that both have one scale.</summary>
    public static bool KeepsValues(NodeProto node) => IsOwn(node) && (KeepValues.Contains(node.OpType)
        || IsNearest(node));

    /// <summary>Whether a node computes in integers where what goes in is in integers already.</summary>
    public static bool Follows(NodeProto node, QuantizationRecipe recipe) => IsOwn(node) && (KeepsValues(node)
        || node.OpType == "GlobalAveragePool" || (IsAveragePool(node) && !recipe.IsForProcessors));

    /// <summary>Whether a node averages windows. On processors ONNX Runtime 1.30 takes thirty times as long for that with integers as with
    /// floats: 8.6 of InceptionV3's 23 ms on one core, and 0.24 ms with floats.</summary>
    public static bool IsAveragePool(NodeProto node) => IsOwn(node) && node.OpType == "AveragePool";

    /// <summary>Whether a node joins several values, and computes in integers where one of them is.</summary>
    public static bool Joins(NodeProto node) => IsOwn(node) && node.OpType is "Add" or "Concat";

    /// <summary>Whether a node cuts off what is below zero: integers whose lowest one stands for zero do so by themselves.</summary>
    public static bool CutsAtZero(NodeProto node, Dictionary<string, TensorProto> weights) => IsOwn(node) && node.OpType switch
    {
        "Relu" => true,
        "Clip" => node.Input.Count > 1 && weights.TryGetValue(node.Input[1], out var low) && low.DataType == OnnxTypes.Float
            && TensorFloats.Of(low) is [0] && UpperBound(node, weights) is not null,
        _ => false,
    };

    /// <summary>Above what a node that cuts off at zero cuts off, too: positive infinity if nothing; null if it is computed.</summary>
    public static float? UpperBound(NodeProto node, Dictionary<string, TensorProto> weights) =>
        node.OpType != "Clip" || node.Input.Count < 3 || node.Input[2].Length == 0 ? float.PositiveInfinity
        : weights.TryGetValue(node.Input[2], out var high) && high.DataType == OnnxTypes.Float && TensorFloats.Of(high) is [var bound]
            ? bound
        : null;

    /// <summary>Why a node with weights cannot compute in integers; null if it can.</summary>
    /// <param name="node">The node.</param>
    /// <param name="weights">All weights.</param>
    /// <param name="recipe">How the network is quantised.</param>
    public static string? WhyNot(NodeProto node, Dictionary<string, TensorProto> weights, QuantizationRecipe recipe) =>
        node.OpType == "ConvTranspose" && recipe.IsForProcessors ? "processors have no such kernel for integers"
        : node.OpType == "ConvTranspose" && Integer(node, "group", 1) != 1 ? "has groups, whose channels are no axis of its weights"
        : !weights.TryGetValue(node.Input[1], out var kernel) ? "its weights are computed"
        : weights.ContainsKey(node.Input[0]) ? "nothing goes in but weights"
        : kernel.DataType != OnnxTypes.Float ? $"its weights are {OnnxTypes.Name(kernel.DataType)}"
        : node.Input.Count > 2 && node.Input[2].Length > 0
            && (!weights.TryGetValue(node.Input[2], out var bias) || bias.DataType != OnnxTypes.Float || bias.Dims.Count != 1
                || bias.Dims[0] != kernel.Dims[ChannelAxis(node)])
            ? "its bias is computed, or no vector"
        : node.OpType == "MatMul" && kernel.Dims.Count != 2 ? "its weights are no matrix"
        : node.OpType == "Gemm" && (Integer(node, "transA", 0) != 0 || Factor(node, "alpha") != 1 || Factor(node, "beta") != 1)
            ? "it is transposed or scaled"
        : null;

    /// <summary>Whether a node multiplies by weights.</summary>
    public static bool HasWeights(NodeProto node) =>
        IsOwn(node) && node.OpType is "Conv" or "ConvTranspose" or "Gemm" or "MatMul" && node.Input.Count > 1;

    /// <summary>Which axis of a node's weights counts channels.</summary>
    public static int ChannelAxis(NodeProto node) => node.OpType switch
    {
        "Conv" => 0,
        "Gemm" => Integer(node, "transB", 0) != 0 ? 0 : 1,
        _ => 1,
    };

    private static bool IsOwn(NodeProto node) => node.Domain is "" or "ai.onnx";

    private static bool IsNearest(NodeProto node) =>
        node.OpType == "Resize" && (ValueTypes.Attribute(node, "mode")?.S.ToStringUtf8() ?? Nearest) == Nearest;

    private static long Integer(NodeProto node, string name, long otherwise) => ValueTypes.Attribute(node, name)?.I ?? otherwise;

    private static float Factor(NodeProto node, string name) => ValueTypes.Attribute(node, name)?.F ?? 1;
}
