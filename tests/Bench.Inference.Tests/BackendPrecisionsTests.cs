using Bench.Models;

namespace Bench.Inference.Tests;

public class BackendPrecisionsTests
{
    [TestCase("ort-cpu", "fp32, fp16, int8")]
    [TestCase("ort-cuda", "fp32, tf32, fp16, int8")]
    [TestCase("ort-tensorrt", "fp32, tf32, bf16, fp16, int8")]
    [TestCase("ort-directml", "fp32, fp16, int8")]
    [TestCase("ort-webgpu", "fp32, fp16, int8")]
    [TestCase("openvino-cpu", "fp32, bf16, fp16, int8")]
    [TestCase("openvino-gpu", "fp32, bf16, fp16, int8")]
    [TestCase("tensorflow-cpu", "fp32, fp16")]
    [TestCase("ort-cpu-unoptimized", "fp32, fp16, int8")]
    public void WhyNot_EveryPrecision_IsNullForThoseThatTheBackendHas(string id, string expected)
    {
        var backend = BackendCatalogue.Find(id, TestRuntimes.Find())!;

        Assert.That(string.Join(", ", Precisions.All.Where(precision => backend.WhyNot(precision) is null)), Is.EqualTo(expected));
    }

    [Test]
    public void WhyNot_ModeOfOtherDevices_SaysWhoHasIt()
    {
        var backend = BackendCatalogue.Find("ort-cpu", TestRuntimes.Find())!;

        Assert.That(backend.WhyNot(Precision.Tf32), Is.EqualTo("ort-cpu has no tf32: tf32 is a mode of NVIDIA's tensor cores, "
            + "which ort-cuda and ort-tensorrt have; choose among fp32, fp16, int8."));
        Assert.That(backend.WhyNot(Precision.Bf16), Does.Contain("openvino-cpu").And.Contain("ort-tensorrt"));
    }
}
