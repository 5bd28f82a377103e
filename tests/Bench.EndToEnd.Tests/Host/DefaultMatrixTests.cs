using System.Runtime.InteropServices;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Inference;
using Bench.Models;

namespace Bench.EndToEnd.Tests.Host;

/// <summary>What is measured where nobody says which backends, precisions and settings.</summary>
public class DefaultMatrixTests
{
    private static readonly IReadOnlyList<IBackend> Backends = BackendCatalogue.All(EngineLibraries.None.Runtimes());
    private static readonly string[] OnArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ["fp16"] : [];

    [TestCase("ort-cuda", "fp32", "tf32", "fp16")]
    [TestCase("ort-tensorrt", "fp32", "tf32", "fp16")]
    [TestCase("ort-directml", "fp32", "fp16")]
    [TestCase("ort-webgpu", "fp32", "fp16")]
    [TestCase("openvino-gpu", "fp32", "fp16")]
    public void Has_BackendOfADevice_IsMeasuredAtWhatItComputesIn(string backend, params string[] expected)
    {
        Assert.That(Of(backend, isOfUser: false), Is.EqualTo(expected));
        Assert.That(Of(backend, isOfUser: true), Is.EqualTo([.. expected, "int8"]), "where the user brought such a file");
    }

    [TestCase("openvino-cpu")]
    [TestCase("ort-cpu-unoptimized")]
    public void Has_ProcessorThatConverts_IsMeasuredAtFp32(string backend)
    {
        Assert.That(Of(backend, isOfUser: false), Is.EqualTo(["fp32"]));
        Assert.That(Of(backend, isOfUser: true), Is.EqualTo(["fp32", "fp16", "int8"]), "what the user brought a file for");
    }

    [Test]
    public void Has_OnnxRuntimeOnProcessors_ComputesInHalvesOnArmAlone() =>
        Assert.That(Of("ort-cpu", isOfUser: false), Is.EqualTo([.. new[] { "fp32" }, .. OnArm]));

    [TestCase("ort-cuda", "fp16", 8, "", "batch=32")]
    [TestCase("openvino-gpu", "fp32", 8, "", "batch=32")]
    [TestCase("ort-cpu", "fp32", 8, "", "streams=8")]
    [TestCase("ort-cpu", "fp32", 1, "")]
    [TestCase("ort-cpu", "fp16", 8, "")]
    [TestCase("ort-cpu-unoptimized", "fp32", 8, "")]
    [TestCase("openvino-cpu", "fp32", 8, "")]
    public void Variants_OfABackend_AreWhatItsHardwareIsBoughtFor(string backend, string precision, int cores, params string[] expected)
    {
        Assert.That(Precisions.TryParse(precision, out var parsed));
        Assert.That(DefaultMatrix.Variants(Find(backend), parsed!, cores).Select(variant => variant.ToString()), Is.EqualTo(expected));
    }

    private static IBackend Find(string id) => Backends.Single(backend => backend.Id == id);

    private static List<string> Of(string backend, bool isOfUser) =>
    [
        .. (isOfUser ? DefaultMatrix.Precisions.Append(Precision.Int8) : DefaultMatrix.Precisions)
            .Where(precision => DefaultMatrix.Has(Find(backend), precision, isOfUser)).Select(found => found.Id),
    ];
}
