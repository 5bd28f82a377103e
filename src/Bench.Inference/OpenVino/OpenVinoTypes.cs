using Bench.Models;

namespace Bench.Inference.OpenVino;

/// <summary>What OpenVINO calls number formats.</summary>
internal static class OpenVinoTypes
{
    /// <summary>The element type that the device is asked to compute in.</summary>
    public static string HintFor(Precision precision) =>
        precision == Precision.Fp16 ? "f16" : precision == Precision.Bf16 ? "bf16" : "f32";

    /// <summary>The precision at the end of an implementation's name: <c>jit_avx512_f32</c>, <c>brgemm_avx512_amx_bf16</c>;
    /// upper case before 2024.</summary>
    public static string ElementTypeOf(string? implementation) =>
        implementation is null ? string.Empty : implementation[(implementation.LastIndexOf('_') + 1)..].ToLowerInvariant() switch
        {
            "fp32" => "f32",
            "fp16" => "f16",
            var other => other,
        };
}
