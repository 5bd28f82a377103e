using Bench.Arrays;

namespace Bench.Models.Onnx;

/// <summary>What ONNX calls element types: <c>TensorProto.DataType</c>.</summary>
/// <remarks>https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</remarks>
internal static class OnnxTypes
{
    public const int Float16 = 10;
    public const int Float = 1;
    public const int BFloat16 = 16;

    // By number.
    private static readonly string[] Names =
    [
        "undefined", "float32", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "float64", "uint32",
        "uint64", "complex64", "complex128", "bfloat16", "float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "uint4", "int4",
        "float4e2m1",
    ];

    public static string Name(int number) => number >= 0 && number < Names.Length ? Names[number] : $"type {number}";

    public static ElementType? TypeOf(int number) => ElementTypes.TryParseName(Name(number), out var type) ? type : null;

    /// <summary>ONNX's number of a type.</summary>
    public static int NumberOf(ElementType type) => Array.IndexOf(Names, type.Name());
}
