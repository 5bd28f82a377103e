using Bench.Models.Onnx;

namespace Bench.Models.Halves;

/// <summary>Which nodes stay in 32-bit floats when a network is turned into halves, and why.</summary>
internal sealed class KeptNodes
{
    private const string FloatsOnly = "takes no halves at every version of ONNX";
    private const string Random = "draws numbers";
    private const string Scales = "its scales are 32-bit floats";

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["NonMaxSuppression"] = FloatsOnly,
        ["Range"] = FloatsOnly,
        ["CumSum"] = FloatsOnly,
        ["RoiAlign"] = "finds places, which halves have no digits for",
        ["GridSample"] = "finds places, which halves have no digits for",
        ["AffineGrid"] = "finds places, which halves have no digits for",
        ["TopK"] = "halves have many equal values",
        ["QuantizeLinear"] = Scales,
        ["DequantizeLinear"] = Scales,
        ["DynamicQuantizeLinear"] = Scales,
        ["Upsample"] = Scales,
        ["TfIdfVectorizer"] = FloatsOnly,
        ["MelWeightMatrix"] = FloatsOnly,
        ["HannWindow"] = FloatsOnly,
        ["HammingWindow"] = FloatsOnly,
        ["BlackmanWindow"] = FloatsOnly,
        ["STFT"] = "adds up many numbers",
        ["DFT"] = "adds up many numbers",
        ["RandomNormal"] = Random,
        ["RandomUniform"] = Random,
        ["RandomNormalLike"] = Random,
        ["RandomUniformLike"] = Random,
        ["Bernoulli"] = Random,
        ["Multinomial"] = Random,
        ["EyeLike"] = FloatsOnly,
        ["Celu"] = FloatsOnly,
        ["IsInf"] = FloatsOnly,
        ["QLinearConv"] = Scales,
        ["QLinearMatMul"] = Scales,
        ["MeanVarianceNormalization"] = "engines expand it with constants of 32-bit floats",
    };

    private static readonly HashSet<string> OfShapes = ["Shape", "Size", "Constant", "ConstantOfShape"];

    private readonly HashSet<string> _static;

    /// <param name="graph">The graph.</param>
    public KeptNodes(GraphProto graph)
    {
        // What is made of shapes and constants alone is a few numbers, and often a length of thousands, which halves cannot count.
        _static = [.. graph.Initializer.Select(tensor => tensor.Name), string.Empty];
        foreach (var node in graph.Node)
        {
            if (OfShapes.Contains(node.OpType) || (node.Input.Count > 0 && node.Input.All(_static.Contains)))
            {
                _static.UnionWith(node.Output);
            }
        }
    }

    /// <summary>Why a node stays; null if it becomes one of halves.</summary>
    /// <param name="node">The node.</param>
    /// <param name="types">The types of values.</param>
    public string? WhyKept(NodeProto node, ValueTypes types) =>
        node.Domain is not ("" or "ai.onnx") ? "is no operator of ONNX's own"
        : node.Attribute.Any(attribute => attribute.G is not null || attribute.Graphs.Count > 0) ? "has a graph of its own inside"
        : node.OpType is "ScatterElements" or "ScatterND" && ValueTypes.Attribute(node, "reduction") is not null
            ? "adds numbers up at their places, which engines do not do in halves"
        : Reasons.TryGetValue(node.OpType, out var reason) ? reason
        : node.OpType != "Constant" && node.Output.All(_static.Contains) ? "computes from shapes and constants alone"
        : node.Input.Concat(node.Output).Any(name => name.Length > 0 && types[name] is null) ? "works on values whose type is not known"
        : null;
}
