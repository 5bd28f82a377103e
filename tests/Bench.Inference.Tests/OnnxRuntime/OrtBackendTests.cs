using System.Text;
using Bench.Inference.Knobs;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.OnnxRuntime;
using Bench.Inference.OnnxRuntime.Cpu;
using Bench.Models;
using Bench.Models.Onnx;

namespace Bench.Inference.Tests.OnnxRuntime;

public class OrtBackendTests
{
    private static readonly OrtBackend Backend = new(new CpuProvider("ort-cpu", optimised: true), TestRuntimes.Find());

    [Test]
    public void Check_BuiltSolution_NamesVersionAndSource()
    {
        var check = Backend.Check();

        Assert.That(check.IsAvailable, check.Reason);
        Assert.That(check.Engine, Does.Match(@"^onnxruntime \d+\.\d+\.\d+$"));
        Assert.That(check.Source, Does.StartWith("nuget Microsoft.ML.OnnxRuntime@").Or.StartWith("npm onnxruntime-node@"));
    }

    [TestCase(0, 0, true)]
    [TestCase(0, 7, true)]
    [TestCase(1, 0, true)]
    [TestCase(-1, 9, false)]
    public void CanCall_OtherVersion_DependsOnTheMinorVersionAlone(int minor, int patch, bool expected)
    {
        var managed = OrtLibrary.ManagedVersion;

        Assert.That(OrtLibrary.CanCall(new Version(managed.Major, managed.Minor + minor, patch)), Is.EqualTo(expected));
    }

    [Test]
    public void Check_NoLibraries_SaysWhereItLookedAndWhatToDo()
    {
        var check = new OrtBackend(new CpuProvider("ort-cpu", true), RuntimeCatalogue.Find(["/nowhere"], "linux-x64")).Check();

        Assert.That(check.IsAvailable, Is.False);
        Assert.That(check.Reason, Does.Contain("/nowhere").And.Contain("dotnet build"));
    }

    [Test]
    public void Run_SeveralImages_GivesTheOutputOfEach()
    {
        using var folder = new TemporaryFolder();
        using var session = Backend.Load(TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4]))));
        using var execution = session.NewExecution();
        using var first = execution.BindFloats([.. Enumerable.Range(0, 48).Select(i => -i - 0.5f)]);
        using var second = execution.BindFloats([.. Enumerable.Repeat(-7f, 48)]);

        execution.Run(first);
        Assert.That(execution.Floats().ToArray(), Is.EqualTo(Enumerable.Range(0, 48).Select(i => i + 0.5f)));
        execution.Run(second);
        Assert.That(execution.Floats().ToArray(), Has.All.EqualTo(7));
    }

    [Test]
    public void Run_ManyTimes_AllocatesLessThanOneKilobyteEach()
    {
        using var folder = new TemporaryFolder();
        using var session = Backend.Load(TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4]))));
        using var execution = session.NewExecution();
        using var input = execution.BindFloats(new float[48]);
        execution.Run(input);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            execution.Run(input);
        }

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 100, Is.LessThan(1024));
    }

    [TestCase("1")]
    [TestCase("3")]
    [Platform("Linux", Reason = "elsewhere other threads of the test are counted too")]
    public void Facts_ThreadsThatWereSet_AreThoseThatTheEngineStarted(string threads)
    {
        using var folder = new TemporaryFolder();
        var request = TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4])));
        using var session = Backend.Load(request with { Knobs = KnobSettings.Of([new("threads", threads)]) });

        Assert.That(session.Facts.Resolved["threads"], Is.EqualTo(threads));
        Assert.That(session.Facts.Resolved["affinity"], Is.EqualTo("none"));
        Assert.That(session.Facts.Resolved["device"], Is.EqualTo("processor"));
    }

    [Test]
    public void Facts_OptionOfSessions_IsResolved()
    {
        using var folder = new TemporaryFolder();
        var request = TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4])));
        using var session = Backend.Load(
            request with { Knobs = KnobSettings.Of([new("ep.session.intra_op.allow_spinning", "0")]) });

        Assert.That(session.Facts.Resolved["ep.session.intra_op.allow_spinning"], Is.EqualTo("0"));
    }

    [Test]
    public void Load_KnobOfAnotherBackend_SaysWhoHasIt()
    {
        using var folder = new TemporaryFolder();
        var request = TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4])));

        Assert.That(() => Backend.Load(request with { Knobs = KnobSettings.Of([new("graph", "on")]) }),
            Throws.TypeOf<InferenceException>().With.Message.Contains("ort-cpu has no knob graph").And.Message.Contains("ort-cuda"));
        Assert.That(() => Backend.Load(request with { Precision = Precision.Tf32 }),
            Throws.TypeOf<InferenceException>().With.Message.Contains("ort-cpu has no tf32"));
    }

    [Test]
    public void NewExecution_SeveralAtTheSameTime_EachKeepsItsOwnOutput()
    {
        const int Streams = 4;
        using var folder = new TemporaryFolder();
        using var session = Backend.Load(TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4]))));
        Assert.That(session.AllowsConcurrentRuns);
        var outputs = new float[Streams][];
        var threads = Enumerable.Range(0, Streams).Select(stream => new Thread(() =>
        {
            using var execution = session.NewExecution();
            using var input = execution.BindFloats([.. Enumerable.Repeat(-1f - stream, 48)]);
            for (var i = 0; i < 200; i++)
            {
                execution.Run(input);
            }

            outputs[stream] = execution.Floats().ToArray();
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(outputs, Is.EqualTo(Enumerable.Range(0, Streams).Select(stream => Enumerable.Repeat(1f + stream, 48))));
    }

    [Test]
    public void Load_TruncatedFile_HasTheEnginesWordsAndTheRemedy()
    {
        using var folder = new TemporaryFolder();
        var whole = TinyModel.OneNode("Abs", [1, 3, 4, 4]);

        Assert.That(
            () => Backend.Load(TinyModel.Request(folder.Write("cut.onnx", whole[..(whole.Length / 2)]))),
            Throws.TypeOf<InferenceException>().With.Message.Contains("cut.onnx").And.Message.Contains("Check that the file is whole"));
    }

    [Test]
    public void Load_Garbage_HasTheEnginesWords()
    {
        using var folder = new TemporaryFolder();

        Assert.That(
            () => Backend.Load(TinyModel.Request(folder.Write("garbage.onnx", Encoding.UTF8.GetBytes("not a network")))),
            Throws.TypeOf<InferenceException>().With.Message.Contains("protobuf").IgnoreCase);
    }

    [Test]
    public void Load_UnknownOperator_HasTheEnginesWords()
    {
        using var folder = new TemporaryFolder();

        Assert.That(
            () => Backend.Load(TinyModel.Request(folder.Write("odd.onnx", TinyModel.OneNode("NoSuchOperator", [1, 3, 4, 4])))),
            Throws.TypeOf<InferenceException>().With.Message.Contains("NoSuchOperator"));
    }

    [Test]
    public void Load_OtherShapeThanTheCards_SaysBoth()
    {
        using var folder = new TemporaryFolder();
        var abs = TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4])));
        var request = abs with { Inputs = [TinyModel.Tensor("x", 1, 3, 5, 5)] };

        Assert.That(
            () => Backend.Load(request),
            Throws.TypeOf<InferenceException>().With.Message.Contains("[1, 3, 4, 4]").And.Message.Contains("[1, 3, 5, 5]"));
    }

    [Test]
    public void Load_OtherNameThanTheCards_SaysBoth()
    {
        using var folder = new TemporaryFolder();
        var abs = TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4])));
        var request = abs with { Outputs = [TinyModel.Tensor("z", 1, 3, 4, 4)] };

        Assert.That(() => Backend.Load(request),
            Throws.TypeOf<InferenceException>().With.Message.Contains("found output y").And.Message.Contains("'z'"));
    }

    [Test]
    public void Load_HalfPrecisionInput_SaysWhatItExpected()
    {
        using var folder = new TemporaryFolder();
        var model = TinyModel.OneNode("Neg", [1, 3, 4, 4], TensorProto.Types.DataType.Float16);

        Assert.That(
            () => Backend.Load(TinyModel.Request(folder.Write("half.onnx", model))),
            Throws.TypeOf<InferenceException>().With.Message.Contains("expected float32"));
    }

    [Test]
    public void Bind_WrongLength_SaysBoth()
    {
        using var folder = new TemporaryFolder();
        using var session = Backend.Load(TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4]))));
        using var execution = session.NewExecution();

        Assert.That(() => execution.BindFloats(new float[5]),
            Throws.TypeOf<InferenceException>().With.Message.Contains("5 values for 'x'; the network takes 48"));
    }

    [Test]
    public void Inspect_OneNode_TellsProviderAndType()
    {
        using var folder = new TemporaryFolder();
        var profile = Backend.Inspect(TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4]))),
            [SingleFloats.Pinned(new float[48])]);

        Assert.That(profile.Nodes, Is.EqualTo([new NodeGroup("Abs", "CPUExecutionProvider", "float", 1)]));
        Assert.That(profile.NodesElsewhere, Is.Empty);
        Assert.That(profile.EffectivePrecision, Is.Empty, "no node that carries weights");
    }

    [TestCase("ort-cuda")]
    [TestCase("ort-tensorrt")]
    public void Variables_NvidiasProviders_TurnTensorFloatOffUnlessItIsAskedFor(string backend)
    {
        string? Override(Precision precision) =>
            BackendCatalogue.Find(backend, TestRuntimes.Find())!.Variables(precision)["NVIDIA_TF32_OVERRIDE"];

        Assert.That(Override(Precision.Fp32), Is.EqualTo("0"));
        Assert.That(Override(Precision.Fp16), Is.EqualTo("0"));
        Assert.That(Override(Precision.Tf32), Is.Null, "not set, also where the user turned it off");
    }

    [Test]
    public void Use_SecondLibrary_Refuses()
    {
        Backend.Inspect(TinyModel.Request(Path.Combine(Write("Abs"))), [SingleFloats.Pinned(new float[48])]);
        var other = RuntimeCatalogue.Find().Flavours[0] with { Library = "other.so" };

        Assert.That(() => OrtLibrary.Use(other), Throws.TypeOf<InferenceException>().With.Message.Contains("use a process for each"));
    }

    private static string Write(string operation)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, operation + ".onnx");
        File.WriteAllBytes(path, TinyModel.OneNode(operation, [1, 3, 4, 4]));
        return path;
    }
}
