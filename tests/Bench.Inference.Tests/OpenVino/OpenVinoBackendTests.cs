using System.Runtime.InteropServices;
using Bench.Arrays;
using Bench.Inference.Knobs;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.OpenVino;
using Bench.Models;

namespace Bench.Inference.Tests.OpenVino;

/// <summary>How Bench calls OpenVINO's C API. The library is a stand-in with the same entry points: no OpenVINO is needed, and none is
/// measured.</summary>
[NonParallelizable]
public class OpenVinoBackendTests
{
    private TemporaryFolder _folder = null!;

    private static OpenVinoBackend Processor => OpenVinoStandIn.Backend(OpenVinoDevice.Processor);

    private static OpenVinoBackend Graphics => OpenVinoStandIn.Backend(OpenVinoDevice.Graphics);

    private static OpenVinoBackend Named => OpenVinoStandIn.Backend(null);

    [OneTimeSetUp]
    public void CompileStandIn() => OpenVinoStandIn.Compile();

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        OpenVinoStandIn.Set();
    }

    [TearDown]
    public void TearDown()
    {
        _folder.Dispose();
        Assert.That(OpenVinoStandIn.Alive, Is.Zero, "objects and texts that were not freed");
    }

    [Test]
    public void Check_Library_NamesThePlace()
    {
        var check = Processor.Check();

        Assert.That(check.IsAvailable, check.Reason);
        Assert.That(check.Source, Is.EqualTo("the test: libopenvino_c.so"));
    }

    [Test]
    public void Check_NothingHere_SaysWhatIsMissingAndWhatToDo()
    {
        var check = new OpenVinoBackend(OpenVinoDevice.Processor, []).Check();

        Assert.That(check.IsAvailable, Is.False);
        Assert.That(check.Reason, Does.Contain("no OpenVINO runtime").And.Contain("pip install openvino")
            .And.Contain("OPENVINO_LIB_PATHS"));
    }

    [TestCase(20240)]
    [TestCase(20250)]
    [TestCase(20251)]
    public void Run_SeveralInputs_GivesTheOutputOfEach(int numbering)
    {
        OpenVinoStandIn.Set(numbering: numbering);
        using var session = Processor.Load(Request());
        using var first = session.NewExecution();
        using var second = session.NewExecution();
        using var one = first.BindFloats([.. Enumerable.Range(0, 48).Select(i => -i - 1f)]);
        using var two = second.BindFloats([.. Enumerable.Repeat(-7f, 48)]);
        using var again = first.BindFloats([.. Enumerable.Repeat(3f, 48)]);

        first.Run(one);
        second.Run(two);
        Assert.That(first.Floats().ToArray(), Is.EqualTo(Enumerable.Range(0, 48).Select(i => i + 1.5f)));
        Assert.That(second.Floats().ToArray(), Has.All.EqualTo(7.5f));
        first.Run(again);
        Assert.That(first.Floats().ToArray(), Has.All.EqualTo(3.5f));
        Assert.That(session.Facts.Version, Is.EqualTo(numbering < 20251 ? "2024.0.0-stand-in" : "2026.4.1-stand-in"));
    }

    // ov_common.h of 2024.0, of 2025.0 and of 2025.1.
    [TestCase(20240, 2, 14, 8, 15, 9, 10, 11, 4, 5, 6)]
    [TestCase(20250, 2, 17, 8, 18, 9, 10, 11, 4, 5, 6)]
    [TestCase(20251, 1, 16, 7, 17, 8, 9, 10, 3, 4, 5)]
    public void Of_EveryType_IsTheNumberOfTheVersion(int numbering, params int[] expected)
    {
        OpenVinoStandIn.Set(numbering: numbering);
        Processor.Open();

        Assert.That(Enum.GetValues<ElementType>().Select(OpenVinoElements.Of), Is.EqualTo(expected));
    }

    [Test]
    public void Run_ManyTimes_AllocatesNothing()
    {
        using var session = Processor.Load(Request());
        using var execution = session.NewExecution();
        using var input = execution.BindFloats(new float[48]);
        execution.Run(input);
        var alive = OpenVinoStandIn.Alive;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            execution.Run(input);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - allocated, Is.Zero);
        Assert.That(OpenVinoStandIn.Alive, Is.EqualTo(alive));
    }

    [TestCase("fp32", "f32")]
    [TestCase("int8", "f32")]
    [TestCase("fp16", "f16")]
    [TestCase("bf16", "bf16")]
    public void Load_OnTheProcessor_IsToldThePrecision(string precision, string hint)
    {
        Processor.Load(Request(precision)).Dispose();

        Assert.That(OpenVinoStandIn.Log, Is.EqualTo([
            $"CPU INFERENCE_PRECISION_HINT={hint}", "CPU PERFORMANCE_HINT=LATENCY", "CPU NUM_STREAMS=1", "compiled for CPU"]));
    }

    [Test]
    public void Load_StreamsAndThreads_AreThoseOfAllStreamsAndRecordedAsResolved()
    {
        using var session = Processor.Load(Request(knobs: [new("streams", "2"), new("threads", "3")]));

        Assert.That(OpenVinoStandIn.Log, Does.Contain("CPU NUM_STREAMS=2").And.Contain("CPU INFERENCE_NUM_THREADS=6"));
        Assert.That(session.Facts.Resolved, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["threads"] = "3",
            ["streams"] = "2",
            ["affinity"] = "pinned by OpenVINO",
            ["device"] = "processor",
        }));
        Assert.That(session.Facts.Device, Is.Null);
        Assert.That(session.Facts.Settings, Is.SupersetOf(new Dictionary<string, string>
        {
            ["INFERENCE_PRECISION_HINT"] = "f32",
            ["NUM_STREAMS"] = "2",
            ["INFERENCE_NUM_THREADS"] = "6",
            ["ENABLE_CPU_PINNING"] = "YES",
            ["EXECUTION_DEVICES"] = "CPU",
        }));
    }

    [Test]
    public void Load_EnginesChoiceOfThreads_IsRecordedForEachStream()
    {
        using var session = Processor.Load(Request(knobs: [new("streams", "4")]));

        Assert.That(OpenVinoStandIn.Log, Has.None.Contains("INFERENCE_NUM_THREADS"));
        Assert.That(session.Facts.Resolved["threads"], Is.EqualTo("2"), "eight of all streams");
    }

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
    public void Load_ThreadsThatStreamsDoNotShareAlike_AreUnknown()
    {
        using var session = Processor.Load(Request(knobs: [new("streams", "3")]));

        Assert.That(session.Facts.Resolved["threads"], Is.EqualTo("unknown"), "eight of three streams");
        Assert.That(session.Facts.Settings["INFERENCE_NUM_THREADS"], Is.EqualTo("8"));
    }

    /// <summary>Afterwards nothing is alive.</summary>
    [TestCase(0)]
    [TestCase(1)]
    public void NewExecution_MemoryThatOpenVinoDoesNotTake_IsRefused(int tensors)
    {
        using var session = Processor.Load(Request());
        OpenVinoStandIn.Set(tensors: tensors);

        Assert.That(() =>
        {
            using var execution = session.NewExecution();
            execution.BindFloats(new float[48]).Dispose();
        }, Throws.TypeOf<InferenceException>().With.Message.Contains("does not take").And.Message.Contains("no more tensors"));
    }

    [Test]
    public void Wrap_OneOfSeveralThatOpenVinoDoesNotTake_KeepsNone()
    {
        Processor.Open();
        OpenVinoStandIn.Set(tensors: 2);
        using var core = OpenVinoWay.Chosen.NewCore();
        var spec = TinyModel.Tensor("x", 4);

        Assert.That(() => OpenVinoTensor.Wrap(core, [new byte[16], new byte[16], new byte[16]], [spec, spec, spec]),
            Throws.TypeOf<InferenceException>());
    }

    [TestCase("fp32", "fp32")]
    [TestCase("bf16", "bf16")]
    public void Inspect_Run_TellsTheNodesThatRan(string precision, string effective)
    {
        var profile = Processor.Inspect(Request(precision), [SingleFloats.Pinned(new float[48])]);

        Assert.That(profile.EffectivePrecision, Is.EqualTo(effective));
        Assert.That(profile.Nodes.Select(node => (node.Operator, node.Provider, node.ElementType)),
            Is.EqualTo([("Add", "CPU", "i64"), ("Convolution", "CPU", precision == "fp32" ? "f32" : "bf16")]));
    }

    [Test]
    public void Inspect_DeviceThatDoesNotTellTypes_IsUnknown()
    {
        OpenVinoStandIn.Set("CPU,NPU");

        var request = Request("fp16", new KeyValuePair<string, string>("device", "npu"));
        var profile = Named.Inspect(request, [SingleFloats.Pinned(new float[48])]);

        Assert.That(profile.EffectivePrecision, Is.EqualTo("unknown"));
    }

    [Test]
    public void Run_EngineFails_HasItsWords()
    {
        using var session = Processor.Load(Request());
        using var execution = session.NewExecution();
        using var input = execution.BindFloats([.. Enumerable.Repeat(666f, 48)]);

        Assert.That(() => execution.Run(input), Throws.TypeOf<InferenceException>().With.Message.Contains("Infer Request was canceled"));
    }

    [Test]
    public void Load_NoSuchFile_HasOpenVinosWords() => Assert.That(
        () => Processor.Load(TinyModel.Request(Path.Combine(_folder.Path, "none.onnx"))),
        Throws.TypeOf<InferenceException>().With.Message.Contains("cannot be opened!").And.Message.Not.Contain("Exception from"));

    [Test]
    public void Load_OtherOutputsThanTheCards_SaysBoth() => Assert.That(
        () => Processor.Load(Request() with { Outputs = [TinyModel.Tensor("y", 1, 48), TinyModel.Tensor("z", 1, 48)] }),
        Throws.TypeOf<InferenceException>().With.Message.Contains("found 1 inputs and 1 outputs; expected 1 and 2"));

    [Test]
    public void Bind_WrongLength_SaysBoth()
    {
        using var session = Processor.Load(Request());
        using var execution = session.NewExecution();

        Assert.That(() => execution.BindFloats(new float[5]),
            Throws.TypeOf<InferenceException>().With.Message.Contains("5 values for 'x'; the network takes 48"));
    }

    [Test]
    public void Use_LibraryOfSomethingElse_SaysWhatItExpected()
    {
        var other = RuntimeCatalogue.Find().Flavours[0].LibraryPath;

        Assert.That(() => OpenVinoLibrary.Check(other, NativeLibrary.Load(other)),
            Throws.TypeOf<InferenceException>().With.Message.Contains("no C API of OpenVINO").And.Message.Contains("OPENVINO_LIB_PATHS"));
    }

    private static Precision Of(string id) => Precisions.All.Single(precision => precision.Id == id);

    private SessionRequest Request(string precision = "fp32", params IReadOnlyList<KeyValuePair<string, string>> knobs) =>
        TinyModel.Request(_folder.Write("x.onnx", "any")) with
        {
            Precision = Of(precision),
            Knobs = KnobSettings.Of(knobs),
        };
}
