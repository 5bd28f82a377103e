namespace Bench.Inference;

/// <summary>Nodes of one operator that ran in the same place and precision.</summary>
/// <param name="Operator">The operator, for example <c>Conv</c>.</param>
/// <param name="Provider">The execution provider or device it ran on.</param>
/// <param name="ElementType">The type it computed in, for example <c>float16</c>.</param>
/// <param name="Count">How many nodes.</param>
public sealed record NodeGroup(string Operator, string Provider, string ElementType, int Count);

/// <summary>Where and in what precision a network really ran.</summary>
/// <param name="EffectivePrecision">The precision of the convolutions and matrix products: <c>fp32</c>, <c>fp16</c>, or both joined by
/// <c>+</c>; <c>unknown</c> where the engine does not tell; empty if there are none.</param>
/// <param name="Nodes">All nodes that ran, in groups.</param>
/// <param name="NodesElsewhere">Those of them that ran elsewhere than on the backend's own execution provider.</param>
public sealed record ExecutionProfile(string EffectivePrecision, IReadOnlyList<NodeGroup> Nodes, IReadOnlyList<NodeGroup> NodesElsewhere)
{
    // The operators that carry nearly all of a network's work, as ONNX, ONNX Runtime, OpenVINO and TensorFlow call them.
    private static readonly HashSet<string> WeightyOperators =
    [
        "Conv", "FusedConv", "NhwcFusedConv", "NhwcConv", "ConvTranspose", "Gemm", "FusedGemm", "MatMul", "FusedMatMul",
        "Convolution", "GroupConvolution", "ConvolutionBackpropData", "Deconvolution", "FullyConnected",
        "Conv2D", "_FusedConv2D", "Conv2DBackpropInput", "_MklNativeFusedConv2D", "_MklNativeConv2D", "_MklNativeConv2DBackpropInput",
        "_FusedMatMul", "_MklMatMul", "_MklFusedMatMul", "BatchMatMulV2", "_MklBatchMatMulV2", "Conv3D", "DepthwiseConv2dNative",
        "_FusedDepthwiseConv2dNative",
        "QLinearConv", "ConvInteger", "MatMulInteger", "QGemm", "QLinearMatMul", "MatMulNBits", "Einsum",
        "Attention", "MultiHeadAttention", "GroupQueryAttention", "LSTM", "GRU", "RNN", "LSTMSequence", "GRUSequence",
        "ScaledDotProductAttention",
    ];

    /// <summary>The precision of kernels that an engine fused and does not tell of.</summary>
    public const string Unknown = "unknown";

    /// <summary>What a part of the network is called that an engine compiled together, and does not name.</summary>
    public const string FusedPart = "fused part";

    /// <summary>The name of the device that it ran on, as <see cref="SessionFacts.Device"/> has it; null for the machine's processor.
    /// </summary>
    public string? Device { get; init; }

    // Whole parts of the network that TensorRT, DirectML and CoreML turn into one kernel.
    private static bool IsFused(string operation) => operation == FusedPart
        || operation.StartsWith("CoreML_", StringComparison.Ordinal)
        || operation.StartsWith("TRTKernel", StringComparison.Ordinal) || operation.StartsWith("DmlFusedNode", StringComparison.Ordinal);

    /// <summary>Whether an operator decides how long a network takes, and in what precision it computes.</summary>
    /// <param name="operation">The operator's name.</param>
    /// <returns>True for convolutions and matrix products.</returns>
    public static bool IsWeighty(string operation) => WeightyOperators.Contains(operation);

    /// <summary>Puts a profile together.</summary>
    /// <param name="nodes">All nodes that ran, in groups.</param>
    /// <param name="isElsewhere">Whether a group did not run where the backend should.</param>
    /// <returns>The profile, its groups in a fixed order.</returns>
    /// <exception cref="InferenceException">There is no node: then nobody can tell whether any ran elsewhere.</exception>
    public static ExecutionProfile Of(IEnumerable<NodeGroup> nodes, Func<NodeGroup, bool> isElsewhere)
    {
        var all = nodes
            .OrderBy(group => group.Operator, StringComparer.Ordinal)
            .ThenBy(group => group.ElementType, StringComparer.Ordinal)
            .ThenBy(group => group.Provider, StringComparer.Ordinal)
            .ToList();
        if (all.Count == 0)
        {
            throw new InferenceException(
                "The engine's profile names no node, so it cannot be told where and in what precision the network ran.");
        }

        var precisions = all.Where(group => IsWeighty(group.Operator) || IsFused(group.Operator))
            .Select(group => IsFused(group.Operator) ? Unknown : group.ElementType).Distinct().Order(StringComparer.Ordinal);
        return new ExecutionProfile(string.Join("+", precisions.Select(PrecisionId).Distinct().Order(StringComparer.Ordinal)), all,
            [.. all.Where(isElsewhere)]);
    }

    /// <summary>How many convolutions and matrix products computed in 8-bit integers, and how many there are; null where the engine fused
    /// them and does not tell.</summary>
    public (int Integers, int All)? Weighty
    {
        get
        {
            var weighty = Nodes.Where(group => IsWeighty(group.Operator)).ToList();
            return Nodes.Any(group => IsFused(group.Operator)) ? null
                : (weighty.Where(group => PrecisionId(group.ElementType) == "int8").Sum(group => group.Count),
                    weighty.Sum(group => group.Count));
        }
    }

    /// <summary>Says what makes the measurement one of another backend than asked for.</summary>
    /// <param name="backend">The backend's name.</param>
    /// <returns>The nodes that should have run on the backend, and where they ran; null if all that matter ran there.</returns>
    public string? Fallback(string backend)
    {
        var weighty = NodesElsewhere.Where(node => IsWeighty(node.Operator)).ToList();
        var nothingHere = Nodes.Count > 0 && NodesElsewhere.Count == Nodes.Count;
        if (weighty.Count == 0 && !nothingHere)
        {
            return null;
        }

        var nodes = (nothingHere ? NodesElsewhere : weighty).Select(node => $"{node.Count} {node.Operator} on {node.Provider}");
        return $"{backend} did not run what matters: {string.Join(", ", nodes)}. "
            + "The engine does not support these nodes as the network has them; change the network, "
            + "or measure the mixture all the same with --allow-fallback.";
    }

    private static string PrecisionId(string type) => type switch
    {
        "float" or "f32" or "FP32" or "DT_FLOAT" => "fp32",
        "float16" or "f16" or "FP16" or "DT_HALF" => "fp16",
        "uint8" or "int8" or "u8" or "i8" or "U8" or "I8" or "DT_QINT8" or "DT_QUINT8" => "int8",
        "double" or "f64" or "DT_DOUBLE" => "fp64",
        "bfloat16" or "bf16" or "BF16" or "DT_BFLOAT16" => "bf16",
        _ => type,
    };
}
