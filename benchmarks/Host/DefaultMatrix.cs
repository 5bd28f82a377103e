using System.Globalization;
using System.Runtime.InteropServices;
using Bench.Analysis.Measurements;
using Bench.Benchmarks.Engines;
using Bench.Inference;
using Bench.Inference.Knobs;
using Bench.Models;

namespace Bench.Benchmarks.Host;

/// <summary>What is measured where nobody says which backends, precisions and settings: what each kind of hardware is bought for, in a few
/// minutes.</summary>
internal static class DefaultMatrix
{
    /// <summary>Images in a request that show what a device gives when it is kept busy.</summary>
    public const int DeviceBatch = 32;

    /// <summary>The precisions that any backend is measured at, beside those that the user brought files for.</summary>
    public static readonly IReadOnlyList<Precision> Precisions = [Precision.Fp32, Precision.Tf32, Precision.Fp16];

    /// <summary>The numbers of images in a request for which files are needed.</summary>
    /// <param name="engines">The engines.</param>
    public static IReadOnlyList<int> Batches(IEnumerable<EngineOffer> engines) =>
        engines.Any(engine => engine.Availability.IsAvailable && !KnobCatalogue.IsOnProcessor(engine.Backend.Id)) ? [DeviceBatch] : [];

    /// <summary>Whether a backend is measured at a precision. On processors fp16 is, where they compute in it: elsewhere it is a conversion
    /// before and after each layer. What the user brought a file for is measured everywhere.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="isOfUser">Whether the network's files are the user's.</param>
    public static bool Has(IBackend backend, Precision precision, bool isOfUser) =>
        precision == Precision.Fp32 || (!KnobCatalogue.IsOnProcessor(backend.Id)
            ? backend.Precisions.Contains(precision) || precision.File == precision.Id
            : precision.File == precision.Id && (isOfUser || (precision == Precision.Fp16 && ComputesInHalves(backend))));

    /// <summary>The settings that a backend is measured with.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="cores">The cores that may be used.</param>
    public static IReadOnlyList<Variant> Variants(IBackend backend, Precision precision, int cores) =>
        !KnobCatalogue.IsOnProcessor(backend.Id) ? [Variant.None, With(KnobCatalogue.Batch, DeviceBatch)]
        : backend.Id == BackendCatalogue.ReferenceId && precision == Precision.Fp32 && cores > 1
            ? [Variant.None, With(KnobCatalogue.Streams, cores)]
        : [Variant.None];

    // ONNX Runtime's CPU provider has kernels for halves on Arm alone.
    private static bool ComputesInHalves(IBackend backend) =>
        backend.Id == BackendCatalogue.ReferenceId && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static Variant With(string knob, int value) => Variant.None.With(knob, value.ToString(CultureInfo.InvariantCulture));
}
