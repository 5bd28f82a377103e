namespace Bench.Inference.Tests;

public class ExecutionProfileTests
{
    [Test]
    public void Fallback_EverythingOnTheBackend_IsNone() =>
        Assert.That(Profile(new("Conv", "Gpu", "float16", 3), new("Relu", "Gpu", "float16", 3)).Fallback("b"), Is.Null);

    [Test]
    public void Fallback_LightNodesElsewhere_IsNone() =>
        Assert.That(Profile(new("Conv", "Gpu", "float", 3), new("NonMaxSuppression", "Cpu", "float", 1)).Fallback("b"), Is.Null);

    [Test]
    public void Fallback_ConvolutionElsewhere_NamesItAndTheWayOut() => Assert.That(
        Profile(new("Conv", "Gpu", "float", 3), new("Conv", "Cpu", "float", 2), new("Resize", "Cpu", "float", 1)).Fallback("ort-cuda"),
        Is.EqualTo("ort-cuda did not run what matters: 2 Conv on Cpu. The engine does not support these nodes as the network has them; "
            + "change the network, or measure the mixture all the same with --allow-fallback."));

    [Test]
    public void Fallback_NothingOnTheBackend_IsOneWithoutAnyConvolution() =>
        Assert.That(Profile(new NodeGroup("Abs", "Cpu", "float", 1)).Fallback("b"), Does.Contain("1 Abs on Cpu"));

    [Test]
    public void Of_KernelsThatTheEngineFused_SaysThatThePrecisionIsUnknown() =>
        Assert.That(Profile(new("TRTKernel_graph_unet_1_0", "Gpu", "float", 1), new("Cast", "Gpu", "float", 2)).EffectivePrecision,
            Is.EqualTo("unknown"));

    [TestCase("float", "fp32")]
    [TestCase("f32", "fp32")]
    [TestCase("float16", "fp16")]
    [TestCase("f16", "fp16")]
    [TestCase("bf16", "bf16")]
    [TestCase("i8", "int8")]
    [TestCase("uint8", "int8")]
    [TestCase("int64", "int64")]
    public void Of_EachEnginesNameOfAType_IsOurs(string type, string expected) =>
        Assert.That(Profile(new NodeGroup("Convolution", "Gpu", type, 1)).EffectivePrecision, Is.EqualTo(expected));

    private static ExecutionProfile Profile(params NodeGroup[] nodes) => ExecutionProfile.Of(nodes, node => node.Provider == "Cpu");
}
