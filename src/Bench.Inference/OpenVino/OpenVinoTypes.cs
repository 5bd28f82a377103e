using Bench.Models;

namespace Bench.Inference.OpenVino;

/// <summary>What OpenVINO calls number formats.</summary>
internal static class OpenVinoTypes
{
    /// <summary>32-bit floats.</summary>
    public const string Single = "f32";

    private const string Half = "f16";

    private static readonly HashSet<string> Known =
        [Single, Half, "bf16", "f64", "i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "i4", "u4"];

    /// <summary>The element type that a device is asked to compute in, where a network does not say that it is integers.</summary>
    /// <param name="precision">The precision that is measured.</param>
    /// <param name="kind">The device's kind.</param>
    public static string HintFor(Precision precision, string kind) => precision == Precision.Fp16 ? Half
        : precision == Precision.Bf16 ? "bf16"
        // Neural processors compute what is not in integers in halves.
        : precision == Precision.Int8 && kind == OpenVinoDevice.Neural ? Half
        : Single;

    /// <summary>The precision at the end of an implementation's name: <c>jit_avx512_f32</c>, <c>brgemm_avx512_amx_bf16</c>, on graphics
    /// processors <c>convolution_gpu_bfyx_f16__f16</c>; upper case before 2024.</summary>
    /// <returns>It; <see cref="ExecutionProfile.Unknown"/> where the name does not end with one.</returns>
    public static string ElementTypeOf(string? implementation)
    {
        var end = implementation is null ? string.Empty
            : implementation[(implementation.LastIndexOf('_') + 1)..].ToLowerInvariant() switch
            {
                "fp32" => Single,
                "fp16" => Half,
                var other => other,
            };
        return Known.Contains(end) ? end : ExecutionProfile.Unknown;
    }
}
