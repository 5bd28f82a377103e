using System.Runtime.InteropServices;
using Bench.Inference.Knobs;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.TensorFlow;
using Google.Protobuf;

namespace Bench.Inference.Tests.TensorFlow;

/// <summary>How Bench calls TensorFlow's C API. The library is a stand-in with the same entry points: no TensorFlow is needed,
/// and none is measured.</summary>
[NonParallelizable]
public class TensorFlowBackendTests
{
    private static readonly string Folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "tensorflow-stand-in");
    private static readonly TensorFlowBackend Backend = new([new LibraryPlace("the test", [Folder])]);

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void CompileStandIn()
    {
        Directory.CreateDirectory(Folder);
        StandIn.Compile(
            Repository.File("tests", "Bench.Inference.Tests", "TensorFlow", "stand_in.c"), Path.Combine(Folder, "libtensorflow.so.2"));
    }

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Check_Library_NamesThePlace()
    {
        var check = Backend.Check();

        Assert.That(check.IsAvailable, check.Reason);
        Assert.That(check.Source, Is.EqualTo("the test: libtensorflow.so.2"));
    }

    [Test]
    public void Run_SeveralImages_GivesTheOutputOfEachInTheCardsLayout()
    {
        using var session = Backend.Load(Request());
        using var execution = session.NewExecution();
        using var first = execution.BindFloats([.. Enumerable.Range(0, 48).Select(i => -i - 1f)]);
        using var second = execution.BindFloats([.. Enumerable.Repeat(-7f, 48)]);

        execution.Run(first);
        Assert.That(execution.Floats().ToArray(), Is.EqualTo(Enumerable.Range(0, 48).Select(i => i + 1.5f)), "channels last and back");
        execution.Run(second);
        Assert.That(execution.Floats().ToArray(), Has.All.EqualTo(7.5f));
        Assert.That(session.Facts.Version, Is.EqualTo("2.99.0-stand-in"));
        Assert.That(session.Facts.Settings["intra_op_parallelism_threads"], Is.EqualTo("3"));
        Assert.That(session.Facts.Resolved["threads"], Is.EqualTo("3"));
    }

    [Test]
    public void Load_ThreadsOfTheEnginesChoice_SetsNoneAndCountsThoseThatWereStarted()
    {
        using var session = Backend.Load(Request() with { Knobs = KnobSettings.None });

        Assert.That(session.Facts.Settings, Does.Not.ContainKey("intra_op_parallelism_threads"));
        Assert.That(session.Facts.Resolved["threads"], Is.EqualTo("3"), "two, and the one that calls");
        Assert.That(session.Facts.Resolved["affinity"], Is.EqualTo("none"));
    }

    [Test]
    public void NewExecution_TwoOfASession_EachKeepsItsOwnOutput()
    {
        using var session = Backend.Load(Request());
        using var first = session.NewExecution();
        using var second = session.NewExecution();
        using var ones = first.BindFloats([.. Enumerable.Repeat(-1f, 48)]);
        using var twos = second.BindFloats([.. Enumerable.Repeat(-2f, 48)]);

        first.Run(ones);
        second.Run(twos);

        Assert.That(first.Floats().ToArray(), Has.All.EqualTo(1.5f));
        Assert.That(second.Floats().ToArray(), Has.All.EqualTo(2.5f));
    }

    [Test]
    public unsafe void Run_ManyTimes_AllocatesNothingAndFreesEveryTensor()
    {
        var alive = (int*)NativeLibrary.GetExport(NativeLibrary.Load(Path.Combine(Folder, "libtensorflow.so.2")), "tensors_alive");
        var before = *alive;
        using (var session = Backend.Load(Request()))
        using (var execution = session.NewExecution())
        using (var input = execution.BindFloats(new float[48]))
        {
            execution.Run(input);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                execution.Run(input);
            }

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - allocated, Is.Zero);
            Assert.That(*alive - before, Is.EqualTo(1), "the image alone");
        }

        Assert.That(*alive, Is.EqualTo(before));
    }

    [Test]
    public void Inspect_TracedRun_TellsOperationsOfTheOptimisedGraph()
    {
        var profile = Backend.Inspect(Request(), [SingleFloats.Pinned(new float[48])]);

        Assert.That(profile.Nodes, Is.EqualTo([new NodeGroup("Conv2D", "CPU", "float", 1)]));
        Assert.That(profile.EffectivePrecision, Is.EqualTo("fp32"));
    }

    [Test]
    public void Run_EngineFails_HasItsWords()
    {
        using var session = Backend.Load(Request());
        using var execution = session.NewExecution();
        using var input = execution.BindFloats([.. Enumerable.Repeat(13f, 48)]);

        Assert.That(() => execution.Run(input), Throws.TypeOf<InferenceException>().With.Message.Contains("OOM when allocating tensor"));
    }

    [Test]
    public void Load_DamagedGraph_HasTheEnginesWordsAndTheRemedy() => Assert.That(
        () => Backend.Load(Request([1, 2])),
        Throws.TypeOf<InferenceException>().With.Message.Contains("Invalid GraphDef").And.Message.Contains("whole and a frozen graph"));

    [Test]
    public void Load_OtherNamesThanTheCards_SaysWhich() => Assert.That(
        () => Backend.Load(Request() with { Outputs = [TinyModel.Tensor("z", 1, 3, 4, 4)] }),
        Throws.TypeOf<InferenceException>().With.Message.Contains("no node called 'z'"));

    [Test]
    public void Load_OtherShapeThanTheCards_SaysBoth() => Assert.That(
        () => Backend.Load(Request() with { Inputs = [TinyModel.Tensor("x", 1, 3, 5, 5)] }),
        Throws.TypeOf<InferenceException>().With.Message.Contains("[-1, 4, 4, 3]")
            .And.Message.Contains("[1, 5, 5, 3] with its channels last"));

    [Test]
    public void Load_SettingsRefused_HasTheEnginesWords() => Assert.That(
        () => Backend.Load(Request() with { Knobs = KnobSettings.Of([new("threads", "4")]) }),
        Throws.TypeOf<InferenceException>().With.Message.Contains("No kernel"));

    [Test]
    public void Bind_WrongLength_SaysBoth()
    {
        using var session = Backend.Load(Request());
        using var execution = session.NewExecution();

        Assert.That(() => execution.BindFloats(new float[5]),
            Throws.TypeOf<InferenceException>().With.Message.Contains("5 values for 'x'; the network takes 48"));
    }

    [Test]
    public void Check_NoLibrary_SaysWhereItLookedAndWhatToDo()
    {
        var check = new TensorFlowBackend([LibraryPlace.OfVariable("TENSORFLOW_LIB_DIR", []), new LibraryPlace("nowhere", [])]).Check();

        Assert.That(check.IsAvailable, Is.False);
        Assert.That(check.Reason, Does.Contain("TENSORFLOW_LIB_DIR (").And.Contain("nowhere").And.Contain("pip install tensorflow-cpu"));
    }

    [Test]
    public void Load_LibraryOfSomethingElse_SaysWhatItExpected()
    {
        var other = RuntimeCatalogue.Find().Flavours[0].LibraryPath;

        Assert.That(() => TensorFlowLibrary.Check(other, NativeLibrary.Load(other)),
            Throws.TypeOf<InferenceException>().With.Message.Contains("no C API of TensorFlow").And.Message.Contains("TENSORFLOW_LIB_DIR"));
        Assert.That(() => new EngineLibrary("TensorFlow").Use(_folder.Write("libtensorflow.so.2", "x"), _ => { }),
            Throws.TypeOf<InferenceException>().With.Message.Contains("expected a native library"));
    }

    [Test]
    public void Use_SecondLibrary_Refuses()
    {
        Backend.Load(Request()).Dispose();

        Assert.That(() => TensorFlowLibrary.Use("/other/libtensorflow.so.2"),
            Throws.TypeOf<InferenceException>().With.Message.Contains("use a process for each"));
    }

    [Test]
    public void Read_TraceOfTwoDevices_NamesTheNodesElsewhere()
    {
        var trace = new RunMetadata
        {
            StepStats = new StepStats
            {
                DevStats =
                {
                    new DeviceStepStats
                    {
                        Device = "/job:localhost/replica:0/task:0/device:CPU:0",
                        NodeStats =
                        {
                            Node("a", "a = _FusedConv2D(x, w)", 19), Node("c", "c = Const()", 1), Node("_SOURCE", string.Empty, 0)
                        },
                    },
                    new DeviceStepStats
                    {
                        Device = "/job:localhost/replica:0/task:0/device:GPU:0",
                        NodeStats = { Node("m", "[gpu 1.2MB 3MB] m = MatMul(a, b)", 1) },
                    },
                },
            },
        };

        var profile = TensorFlowTrace.Read(trace.ToByteArray());

        Assert.That(
            profile.Nodes, Is.EqualTo([new NodeGroup("MatMul", "GPU", "float", 1), new NodeGroup("_FusedConv2D", "CPU", "float16", 1)]));
        Assert.That(profile.NodesElsewhere.Single().Operator, Is.EqualTo("MatMul"));
        Assert.That(profile.EffectivePrecision, Is.EqualTo("fp32+fp16").Or.EqualTo("fp16+fp32"));
        Assert.That(profile.Fallback("tensorflow-cpu"), Does.Contain("1 MatMul on GPU"));
    }

    [Test]
    public void Read_Garbage_IsOneClearMessage() =>
        Assert.That(() => TensorFlowTrace.Read([0xff, 0xff, 0xff]),
            Throws.TypeOf<InferenceException>().With.Message.Contains("trace cannot be read"));

    private static NodeExecStats Node(string name, string label, int type) =>
        new()
        {
            NodeName = name,
            TimelineLabel = label,
            Output = { new NodeOutput { TensorDescription = new TensorDescription { Dtype = type } } },
        };

    private SessionRequest Request(byte[]? graph = null) =>
        TinyModel.Request(_folder.Write("graph.pb", graph ?? [1, 2, 3, 4, 5])) with { Knobs = KnobSettings.Of([new("threads", "3")]) };
}
