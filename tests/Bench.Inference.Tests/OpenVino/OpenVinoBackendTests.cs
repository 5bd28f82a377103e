using System.Runtime.InteropServices;
using Bench.Arrays;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.OpenVino;

namespace Bench.Inference.Tests.OpenVino;

/// <summary>How Bench calls OpenVINO's C API. The library is a stand-in with the same entry points: no OpenVINO is needed, and none is
/// measured.</summary>
[NonParallelizable]
public class OpenVinoBackendTests : OpenVinoFixture
{
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
    public void Run_EngineFails_HasItsWords()
    {
        using var session = Processor.Load(Request());
        using var execution = session.NewExecution();
        using var input = execution.BindFloats([.. Enumerable.Repeat(666f, 48)]);

        Assert.That(() => execution.Run(input), Throws.TypeOf<InferenceException>().With.Message.Contains("Infer Request was canceled"));
    }

    [Test]
    public void Load_NoSuchFile_HasOpenVinosWords() => Assert.That(
        () => Processor.Load(TinyModel.Request(Folder.File("none.onnx"))),
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
}
