using Bench.Models.Onnx;

namespace Bench.Models.Halves;

/// <summary>The element type of every value of a graph, as ONNX's operators have it: by number, null where it is not known or no tensor.
/// </summary>
/// <remarks>https://github.com/onnx/onnx/blob/main/docs/Operators.md. What the file declares comes before what follows from
/// operators.</remarks>
internal sealed class ValueTypes
{
    private const int Float = OnnxTypes.Float;
    private const int Int64 = 7;
    private const int Int32 = 6;
    private const int UInt8 = 2;
    private const int String = 8;
    private const int Bool = 9;

    private static readonly HashSet<string> OfIntegers = ["Shape", "Size", "NonZero", "ArgMax", "ArgMin", "NonMaxSuppression"];

    private static readonly HashSet<string> OfBooleans =
    [
        "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Not", "Xor", "IsNaN", "IsInf", "RegexFullMatch",
    ];

    private static readonly HashSet<string> OfFloats =
        ["TfIdfVectorizer", "HannWindow", "HammingWindow", "BlackmanWindow", "MelWeightMatrix"];

    // Of these an input other than the first says the type of the output.
    private static readonly Dictionary<string, int> ByInput = new()
    {
        ["Where"] = 1,
        ["OneHot"] = 2,
        ["CastLike"] = 1,
        ["DequantizeLinear"] = 1,
        ["QLinearConv"] = 7,
        ["QLinearMatMul"] = 7,
    };

    private readonly Dictionary<string, int?> _types = new(StringComparer.Ordinal);
    private readonly long _opset;

    /// <param name="graph">The graph.</param>
    /// <param name="opset">The version of ONNX's operators.</param>
    public ValueTypes(GraphProto graph, long opset)
    {
        _opset = opset;
        foreach (var value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
        {
            if (value.Type?.TensorType is { HasElemType: true } tensor)
            {
                _types[value.Name] = tensor.ElemType;
            }
        }

        foreach (var tensor in graph.Initializer)
        {
            _types[tensor.Name] = tensor.DataType;
        }

        foreach (var node in graph.Node)
        {
            for (var i = 0; i < node.Output.Count; i++)
            {
                if (node.Output[i].Length > 0)
                {
                    _types.TryAdd(node.Output[i], Infer(node, i));
                }
            }
        }
    }

    /// <summary>The type of a value; null if it is not known, or no tensor.</summary>
    public int? this[string name] => _types.GetValueOrDefault(name);

    /// <summary>What the operator of a node gives.</summary>
    internal int? Infer(NodeProto node, int output)
    {
        if (node.Domain is not ("" or "ai.onnx"))
        {
            return null;
        }

        return node.OpType switch
        {
            "Cast" => (int?)Attribute(node, "to")?.I,
            "Constant" => OfConstant(node),
            "ConstantOfShape" => Attribute(node, "value")?.T?.DataType ?? Float,
            "RandomNormal" or "RandomUniform" => (int?)Attribute(node, "dtype")?.I ?? Float,
            "EyeLike" or "RandomNormalLike" or "RandomUniformLike" or "Bernoulli" => (int?)Attribute(node, "dtype")?.I ?? Of(node, 0),
            "Multinomial" => (int?)Attribute(node, "dtype")?.I ?? Int32,
            "QuantizeLinear" => Of(node, 2) ?? (int?)Attribute(node, "output_dtype")?.I ?? UInt8,
            "DynamicQuantizeLinear" => output == 1 ? Float : UInt8,
            "MatMulInteger" or "ConvInteger" => Int32,
            "ImageDecoder" => UInt8,
            "StringNormalizer" or "StringConcat" => String,
            "StringSplit" => output == 0 ? String : Int64,
            "If" => OfInner(Attribute(node, "then_branch")?.G, output),
            "Loop" => OfInner(Attribute(node, "body")?.G, output + 1),
            "Scan" => OfInner(Attribute(node, "body")?.G, output),
            "Dropout" when output == 1 => _opset >= 10 ? Bool : Of(node, 0),
            "TopK" or "MaxPool" or "Unique" when output > 0 => Int64,
            "SequenceLength" => Int64,
            "OptionalHasElement" => Bool,
            var name when name.Contains("Sequence", StringComparison.Ordinal)
                || name.StartsWith("Optional", StringComparison.Ordinal) => null,
            "HannWindow" or "HammingWindow" or "BlackmanWindow" or "MelWeightMatrix" => (int?)Attribute(node, "output_datatype")?.I
                ?? Float,
            var name when OfIntegers.Contains(name) => Int64,
            var name when OfBooleans.Contains(name) => Bool,
            var name when OfFloats.Contains(name) => Float,
            var name when ByInput.TryGetValue(name, out var input) => Of(node, input),
            _ => node.Input.Select((_, i) => Of(node, i)).FirstOrDefault(type => type is not null),
        };
    }

    /// <summary>An attribute of a node; null if it has none of this name.</summary>
    internal static AttributeProto? Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute =>
        attribute.Name == name);

    private static int? OfConstant(NodeProto node) => node.Attribute.FirstOrDefault() switch
    {
        { Name: "value", T: { } tensor } => tensor.DataType,
        { Name: "value_float" or "value_floats" } => Float,
        { Name: "value_int" or "value_ints" } => Int64,
        { Name: "value_string" or "value_strings" } => String,
        _ => null,
    };

    private static int? OfInner(GraphProto? graph, int output) =>
        graph is not null && output < graph.Output.Count && graph.Output[output].Type?.TensorType is { HasElemType: true } tensor
            ? tensor.ElemType
            : null;

    private int? Of(NodeProto node, int input) => input < node.Input.Count ? this[node.Input[input]] : null;
}
