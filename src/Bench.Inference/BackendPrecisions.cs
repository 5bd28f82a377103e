using Bench.Models;

namespace Bench.Inference;

/// <summary>Which backends can be asked for which precisions.</summary>
public static class BackendPrecisions
{
    /// <summary>What every backend takes: the precisions that have files of their own.</summary>
    internal static readonly IReadOnlyList<Precision> Everywhere = [Precision.Fp32, Precision.Fp16, Precision.Int8];

    private static readonly Dictionary<Precision, string> Reasons = new()
    {
        [Precision.Tf32] = "tf32 is a mode of NVIDIA's tensor cores, which ort-cuda and ort-tensorrt have",
        [Precision.Bf16] = "of an fp32 file bf16 is a mode of openvino-cpu, openvino-gpu, openvino and ort-tensorrt",
        [Precision.Int8] = "its networks come as ONNX files that say where they compute in integers",
    };

    /// <summary>Says why a backend cannot be asked for a precision.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="precision">The precision.</param>
    /// <returns>The reason, with what to do; null if it can be asked for it.</returns>
    public static string? WhyNot(this IBackend backend, Precision precision) => backend.Precisions.Contains(precision)
        ? null
        : $"{backend.Id} has no {precision}: {Reasons[precision]}; choose among {string.Join(", ", backend.Precisions)}.";
}
