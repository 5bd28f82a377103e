using Bench.Inference.OpenVino;

namespace Bench.Inference.Tests.OpenVino;

/// <summary>Graphics processors, neural processors and OpenVINO's own choice: what each is told, and what is recorded of it.</summary>
[NonParallelizable]
public class OpenVinoDeviceTests : OpenVinoFixture
{
    private static OpenVinoBackend Graphics => OpenVinoStandIn.Backend(OpenVinoDevice.Graphics);

    private static OpenVinoBackend Named => OpenVinoStandIn.Backend(null);

    [TestCase(null, "GPU", "Stand-in GPU")]
    [TestCase("1", "GPU.1", "Stand-in GPU.1")]
    public void Load_OnAGraphicsProcessor_NamesIt(string? index, string device, string name)
    {
        OpenVinoStandIn.Set("CPU,GPU.0,GPU.1");
        using var session = Graphics.Load(Request(knobs: index is null ? [] : [new("device", index)]));

        Assert.That(session.Facts.Device, Is.EqualTo(name), "a comma would divide it from its driver");
        Assert.That(session.Facts.Resolved["device"], Is.EqualTo(device));
        Assert.That(session.Facts.Resolved["threads"], Is.EqualTo("unknown"));
        Assert.That(OpenVinoStandIn.Log, Does.Contain($"{device} INFERENCE_PRECISION_HINT=f32").And.Contain($"compiled for {device}"));
    }

    [Test]
    public void Load_DeviceThatIsNotHere_SaysWhichAre()
    {
        OpenVinoStandIn.Set("CPU,GPU");

        Assert.That(() => Named.Load(Request("fp16", new KeyValuePair<string, string>("device", "npu"))),
            Throws.TypeOf<InferenceException>().With.Message.Contains("no device NPU here; its devices are CPU, GPU. ")
                .And.Message.Contains("driver"));
        OpenVinoStandIn.Set();
        Assert.That(() => Graphics.Load(Request()),
            Throws.TypeOf<InferenceException>().With.Message.Contains("its devices are CPU. ").And.Message.Contains("intel-opencl-icd"));
    }

    [TestCase("fp16")]
    [TestCase("int8")]
    public void Load_OnANeuralProcessor_ComputesInHalvesAndSetsNoStreams(string precision)
    {
        OpenVinoStandIn.Set("CPU,NPU.4000");
        using var session = Named.Load(Request(precision, new("device", "npu"), new("streams", "2")));

        Assert.That(OpenVinoStandIn.Log, Is.EqualTo(
            ["NPU INFERENCE_PRECISION_HINT=f16", "NPU PERFORMANCE_HINT=LATENCY", "compiled for NPU"]));
        Assert.That(session.Facts.Device, Is.EqualTo("Stand-in NPU"));
        Assert.That(session.Facts.Resolved, Does.ContainKey("streams").WithValue("1"), "as it says, whatever was asked for");
    }

    [Test]
    public void Load_PrecisionThatANeuralProcessorLacks_HasOpenVinosWords()
    {
        OpenVinoStandIn.Set("CPU,NPU");

        Assert.That(() => Named.Load(Request("fp32", new KeyValuePair<string, string>("device", "npu"))),
            Throws.TypeOf<InferenceException>().With.Message.Contains("Wrong value f32").And.Message.Contains("Supported values: f16, i8"));
    }

    [TestCase(null)]
    [TestCase("auto")]
    public void Load_OpenVinosChoice_IsOneDeviceFromTheFirstRequestOn(string? value)
    {
        OpenVinoStandIn.Set("CPU,GPU,NPU");
        using var session = Named.Load(Request("fp32", value is null ? [] : [new("device", value)]));

        Assert.That(OpenVinoStandIn.Log, Is.EqualTo([
            "CPU INFERENCE_PRECISION_HINT=f32", "CPU PERFORMANCE_HINT=LATENCY", "CPU NUM_STREAMS=1",
            "GPU INFERENCE_PRECISION_HINT=f32", "GPU PERFORMANCE_HINT=LATENCY", "GPU NUM_STREAMS=1",
            "AUTO PERFORMANCE_HINT=LATENCY", "AUTO ENABLE_STARTUP_FALLBACK=NO", "AUTO ENABLE_RUNTIME_FALLBACK=NO", "compiled for AUTO"]));
        Assert.That(session.Facts.Device, Is.EqualTo("Stand-in GPU"));
        Assert.That(session.Facts.Resolved["device"], Is.EqualTo("GPU"));
        Assert.That(session.Facts.Settings["INFERENCE_PRECISION_HINT"], Is.EqualTo("f32"), "of the network on the device");
        Assert.That(session.Facts.Resolved["streams"], Is.EqualTo("1"));
    }

    [Test]
    public void Load_OpenVinoChoosesTheProcessor_IsNoCellOfAnotherDevice()
    {
        using var session = Named.Load(Request());

        Assert.That(session.Facts.Device, Is.Null);
        Assert.That(session.Facts.Resolved, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["threads"] = "8",
            ["streams"] = "1",
            ["affinity"] = "pinned by OpenVINO",
            ["device"] = "processor",
        }));
    }

    [Test]
    public void Load_DeviceThatRefusesThePrecision_IsLeftOutOfTheChoice()
    {
        OpenVinoStandIn.Set("CPU,GPU.0,GPU.1");
        using var session = Named.Load(Request("bf16"));

        Assert.That(OpenVinoStandIn.Log[^1], Is.EqualTo("compiled for AUTO:-GPU.0,-GPU.1"));
        Assert.That(session.Facts.Device, Is.Null);
        Assert.That(session.Facts.Settings["left out: GPU.1"], Does.Contain("Wrong value bf16"));
    }

    [Test]
    public void Load_DeviceThatRefusesThePrecision_HasOpenVinosWordsAlone()
    {
        OpenVinoStandIn.Set("CPU,GPU");

        Assert.That(() => Graphics.Load(Request("bf16")), Throws.TypeOf<InferenceException>().With.Message.EqualTo(
            "OpenVINO does not set INFERENCE_PRECISION_HINT=bf16 of GPU: Wrong value bf16 for property key INFERENCE_PRECISION_HINT. "
            + "Supported values: f16, f32 (status -1)"));
    }

    [Test]
    public void Load_AutoThatBeginsOnTheProcessor_IsRefused()
    {
        OpenVinoStandIn.Set("CPU,GPU", helps: true);

        Assert.That(() => Named.Load(Request()), Throws.TypeOf<InferenceException>().With.Message.Contains("'(CPU)'"));
    }

    [Test]
    public void Load_ComputesInLessThanItWasTold_IsRefused()
    {
        OpenVinoStandIn.Set(lies: true);

        Assert.That(() => Processor.Load(Request()),
            Throws.TypeOf<InferenceException>().With.Message.Contains("told to compute in f32 on CPU, and says that it computes in bf16"));
        Assert.That(() => Processor.Load(Request("fp16")).Dispose(), Throws.Nothing, "the profile tells what it computed in");
        OpenVinoStandIn.Set("CPU,GPU", lies: true);
        Assert.That(() => Named.Load(Request()),
            Throws.TypeOf<InferenceException>().With.Message.Contains("told to compute in f32 on GPU, and says that it computes in bf16"));
    }

    [Test]
    public void Inspect_DeviceThatDoesNotTellTypes_IsUnknown()
    {
        OpenVinoStandIn.Set("CPU,NPU");

        var request = Request("fp16", new KeyValuePair<string, string>("device", "npu"));
        var profile = Named.Inspect(request, [SingleFloats.Pinned(new float[48])]);

        Assert.That((profile.EffectivePrecision, profile.Device), Is.EqualTo(("unknown", "Stand-in NPU")));
    }

    /// <summary>What is known of a device's precision is of that device: OpenVINO may choose another one the next time.</summary>
    [TestCase("CPU,GPU", "Stand-in GPU")]
    [TestCase("CPU", null)]
    public void Inspect_OpenVinosChoice_TellsTheDevice(string devices, string? expected)
    {
        OpenVinoStandIn.Set(devices);

        Assert.That(Named.Inspect(Request(), [SingleFloats.Pinned(new float[48])]).Device, Is.EqualTo(expected));
    }
}
