namespace Bench.Models.Onnx;

/// <summary>Weights, unread.</summary>
/// <param name="Name">Their name.</param>
/// <param name="TypeName">The type of their numbers.</param>
/// <param name="Dimensions">The lengths of their axes.</param>
internal sealed record OnnxTensor(string Name, string TypeName, IReadOnlyList<long> Dimensions)
{
    /// <summary>Their length in bytes; 1 a number for types of less than a byte, and for those that Bench does not have.</summary>
    public long Bytes => (long)Math.Min(
        (double)(long.MaxValue / 2), Dimensions.Aggregate(1.0, (product, axis) => product * Math.Max(0, axis)) * Size);

    private int Size => TypeName switch
    {
        "float32" or "int32" or "uint32" => 4,
        "float64" or "int64" or "uint64" => 8,
        "float16" or "bfloat16" or "int16" or "uint16" => 2,
        _ => 1,
    };
}
