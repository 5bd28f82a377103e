namespace Bench.Models.Onnx;

/// <summary>What a network's file says of itself, its weights left unread.</summary>
public sealed record OnnxSummary
{
    // How many numbers come out of these depends on the numbers that go in.
    private static readonly string[] OpenOperators =
        ["NonMaxSuppression", "NonZero", "Unique", "Compress", "Loop", "If", "SequenceMap", "StringSplit"];

    /// <summary>The version of the format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>The version of ONNX's own operators; 0 if the file names none.</summary>
    public required long Opset { get; init; }

    /// <summary>What goes in, weights left out, in the order of the file.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    /// <summary>What comes out, in the order of the file.</summary>
    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    /// <summary>How often each operator occurs, those of inner graphs included; with its domain before it where that is not ONNX's own.
    /// </summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>Bytes of weights by element type, those in other files included.</summary>
    public required IReadOnlyDictionary<string, long> WeightBytes { get; init; }

    /// <summary>What is known of inputs that are places in a table.</summary>
    public required IndexBounds IndexBounds { get; init; }

    /// <summary>The number format of its weights: <c>int8</c> where it quantises, <c>fp16</c> where most of its weights are halves,
    /// else <c>fp32</c>.</summary>
    public string Numbers => IsQuantised ? Precision.Int8.File
        : WeightBytes.GetValueOrDefault("float16") > WeightBytes.GetValueOrDefault("float32") ? Precision.Fp16.File
        : Precision.Fp32.File;

    /// <summary>Whether it may give outputs whose length depends on the numbers that go in.</summary>
    public bool MayHaveOpenOutputs => OpenOperators.Any(Operators.ContainsKey);

    private bool IsQuantised => Operators.Keys.Any(name => name.StartsWith("QLinear", StringComparison.Ordinal)
        || name is "DequantizeLinear" or "QuantizeLinear" or "ConvInteger" or "MatMulInteger" or "DynamicQuantizeLinear");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says of itself.</returns>
    /// <exception cref="InvalidDataException">The file is no network, or damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxSummary Read(string path) => ProtoStream.Read(path, (fields, end) => new OnnxSummaryReader(fields).Read(end));
}
