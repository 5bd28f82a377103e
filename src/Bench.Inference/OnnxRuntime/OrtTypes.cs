using System.Diagnostics.CodeAnalysis;
using Bench.Arrays;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Bench.Inference.OnnxRuntime;

/// <summary>What ONNX Runtime calls types and shapes.</summary>
internal static class OrtTypes
{
    private static readonly Dictionary<ElementType, TensorElementType> Names = new()
    {
        [ElementType.Boolean] = TensorElementType.Bool,
        [ElementType.UInt8] = TensorElementType.UInt8,
        [ElementType.Int8] = TensorElementType.Int8,
        [ElementType.UInt16] = TensorElementType.UInt16,
        [ElementType.Int16] = TensorElementType.Int16,
        [ElementType.Int32] = TensorElementType.Int32,
        [ElementType.Int64] = TensorElementType.Int64,
        [ElementType.Float16] = TensorElementType.Float16,
        [ElementType.Float32] = TensorElementType.Float,
        [ElementType.Float64] = TensorElementType.Double,
    };

    public static TensorElementType Of(ElementType type) => Names[type];

    /// <summary>The type that ONNX Runtime calls so.</summary>
    /// <param name="name">ONNX Runtime's name.</param>
    /// <param name="type">The type, if Bench has it.</param>
    /// <returns>Whether it has.</returns>
    public static bool TryOf(TensorElementType name, [NotNullWhen(true)] out ElementType? type)
    {
        type = Names.Where(entry => entry.Value == name).Select(entry => (ElementType?)entry.Key).FirstOrDefault();
        return type is not null;
    }

    public static long[] Long(IReadOnlyList<int> shape) => [.. shape.Select(axis => (long)axis)];
}
