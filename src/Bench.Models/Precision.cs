namespace Bench.Models;

/// <summary>What a network is asked to compute in: which file is loaded, and which arithmetic the engine is set to.</summary>
/// <param name="Id">The name in cell ids and options, for example <c>tf32</c>.</param>
/// <param name="File">The number format of the network's file, for example <c>fp32</c>: files, cards and hashes go by it.</param>
/// <param name="Arithmetic">What convolutions and matrix products may compute in, for example <c>tf32</c>.</param>
public sealed record Precision(string Id, string File, string Arithmetic)
{
    /// <summary>IEEE 754 binary32.</summary>
    public static Precision Fp32 { get; } = new("fp32", "fp32", "fp32");

    /// <summary>The binary32 file, its products in TensorFloat-32: binary32's exponent with 10 bits of its mantissa.</summary>
    public static Precision Tf32 { get; } = new("tf32", "fp32", "tf32");

    /// <summary>The binary32 file, computed in bfloat16: binary32's exponent with 7 bits of its mantissa.</summary>
    public static Precision Bf16 { get; } = new("bf16", "fp32", "bf16");

    /// <summary>IEEE 754 binary16, with binary32 at input and output.</summary>
    public static Precision Fp16 { get; } = new("fp16", "fp16", "fp16");

    /// <summary>A file that says where it computes in 8-bit integers (quantised, as ONNX's QDQ or QLinear operators have it).</summary>
    public static Precision Int8 { get; } = new("int8", "int8", "int8");

    /// <summary>The name.</summary>
    public override string ToString() => Id;
}
