using Bench.Benchmarks.Machines;
using Bench.Inference;
using Bench.Models.Quantization;

namespace Bench.Benchmarks.Preparing;

/// <summary>Which 8-bit file suits which engine: none suits all.</summary>
internal static class Int8Recipes
{
    /// <summary>What a backend loads on this machine.</summary>
    /// <param name="backend">The backend.</param>
    public static QuantizationRecipe For(IBackend backend) => For(backend.Id, ProcessorFeatures.Here);

    /// <summary>What a backend loads.</summary>
    /// <param name="backend">The backend's id, with a version or without.</param>
    /// <param name="processor">What the processor has.</param>
    public static QuantizationRecipe For(string backend, ProcessorFeatures processor) =>
        IsSymmetric(backend) ? QuantizationRecipe.S8S8
        // On Arm sums of products have 32 bits: nothing is cut off.
        : processor.IsX86 && !processor.SumsProductsOfBytes ? QuantizationRecipe.U8S7
        : QuantizationRecipe.U8S8;

    private static bool IsSymmetric(string backend) => backend.StartsWith("ort-tensorrt", StringComparison.Ordinal)
        || backend.StartsWith("ort-cuda", StringComparison.Ordinal) || backend.StartsWith("openvino", StringComparison.Ordinal);
}
