using Bench.Inference.Knobs;
using Bench.Inference.OnnxRuntime.Plugins;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Inference.Tests.Plugins;

/// <summary>A provider in a library of its own, loaded by the real ONNX Runtime: it computes Add, Mul and Relu.</summary>
[NonParallelizable]
public class PluginProviderTests
{
    private readonly TemporaryFolder _folder = new();
    private IBackend _backend = null!;

    [OneTimeSetUp]
    public void Load() => _backend = Backend("testplain", "PLAIN");

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Check_Library_NamesRuntimeAndLibrary()
    {
        var check = _backend.Check();

        Assert.That(check.IsAvailable, check.Reason);
        Assert.That(check.Engine, Does.Match(@"^onnxruntime \d+\.\d+\.\d+$"));
        Assert.That(check.Source, Does.Match(@"^(nuget|npm) .*, libtest_provider_plain\.so sha256:[0-9a-f]{12}$"));
    }

    [Test]
    public void Check_NoSuchFile_IsUnavailable() => Assert.That(
        Find(new PluginLibrary("nobody", _folder.File("nothing.so"))).Check().Reason, Does.StartWith("found no file "));

    [Test]
    public void Load_Network_GivesTheOutputsOfTheProcessorAndSaysWhatComputed()
    {
        var request = Network();
        float[] input = [.. Enumerable.Range(0, 48).Select(i => (i - 20) / 4f)];
        using var session = _backend.Load(request);
        using var own = BackendCatalogue.Find("ort-cpu", TestRuntimes.Find())!.Load(request);

        Assert.That(Run(session, input), Is.EqualTo(Run(own, input)));
        var facts = session.Facts;
        Assert.That(facts.Settings["provider"], Is.EqualTo($"{TestProvider.Name} 1.2.3 of Bench"));
        Assert.That(facts.Version, Does.Match($@"^\d+\.\d+\.\d+ with {TestProvider.Name} 1\.2\.3 \(sha256 [0-9a-f]{{12}}\)$"));
        Assert.That(facts.Settings["metadata.colour"], Is.EqualTo("green"));
        Assert.That(facts.Settings.Keys, Has.None.Contains("path"));
        Assert.That(facts.Resolved["device"], Is.EqualTo("processor"));
        Assert.That(facts.Device, Is.Null, "the machine's processor");
    }

    [Test]
    public void Inspect_NetworkWithOthersNodes_CountsThem()
    {
        var profile = _backend.Inspect(Network(), [SingleFloats.Pinned(new float[48])]);

        var own = profile.Nodes.Where(node => node.Provider == TestProvider.Name);
        Assert.That(own.Select(node => (node.Operator, node.Count)), Is.EqualTo([(ExecutionProfile.FusedPart, 3)]));
        Assert.That((profile.EffectivePrecision, profile.Weighty), Is.EqualTo((ExecutionProfile.Unknown, ((int, int)?)null)));
        Assert.That(profile.NodesElsewhere.Select(node => (node.Operator, node.Provider, node.Count)), Is.EqualTo([
            ("Sigmoid", "CPUExecutionProvider", 1)]));
        Assert.That(profile.Fallback(_backend.Id), Is.Null);
    }

    [Test]
    public void Check_FileThatCannotBeRead_IsUnavailable() => Assert.That(
        Find(new PluginLibrary("folder", _folder.Path)).Check().Reason, Does.StartWith("found no file "));

    [Test]
    public void Load_DeviceThatIsNotThere_NamesThoseThatAre()
    {
        var request = Network() with { Knobs = KnobSettings.Of([new("threads", "1"), new("device", "npu")]) };

        Assert.That(() => _backend.Load(request),
            Throws.TypeOf<InferenceException>().With.Message.StartsWith("Found device=npu; expected one of 0: CPU "));
    }

    [Test]
    public void Prepare_ProviderThatDoesNotCompile_TakesTheNetworkAsItIs() => Assert.That(_backend.Prepare(Network()), Is.Null);

    [Test]
    public void Prepare_ProviderThatCompiles_IsTimedApartAndKept()
    {
        var backend = Backend("testcontext", "CONTEXT");
        var request = Network();
        Assert.That(backend.Inspect(request, [SingleFloats.Pinned(new float[48])]).NodesElsewhere, Has.Count.EqualTo(1));
        float[] input = [.. Enumerable.Range(0, 48).Select(i => (i - 20) / 4f)];

        var built = backend.Prepare(request);

        Assert.That(built, Is.Not.Null);
        Assert.That(backend.Prepare(request), Is.EqualTo(built), "told, and not built again");
        using var session = backend.Load(request);
        using var own = BackendCatalogue.Find("ort-cpu", TestRuntimes.Find())!.Load(request);
        Assert.That(Run(session, input), Is.EqualTo(Run(own, input)));
        var profile = backend.Inspect(request, [SingleFloats.Pinned(input)]);
        Assert.That(profile.Nodes.Single(node => node.Provider == TestProvider.Name).Count, Is.EqualTo(3), "of what is timed");
        Assert.That(session.Facts.EngineSha256, Does.Match("^[0-9a-f]{64}$"));
        Assert.That(backend.Prepare(request with { ModelSha256 = "another" }), Is.Not.EqualTo(built), "another network is another build");
    }

    /// <summary>A provider may take less of what it compiled than of the network: what is timed is what is told.</summary>
    [Test]
    public void Inspect_NetworkThatWasCompiledInPart_IsOfWhatIsTimed()
    {
        var backend = Backend("testpartial", "PARTIAL");
        var request = Network();
        var before = backend.Inspect(request, [SingleFloats.Pinned(new float[48])]);

        Assert.That(backend.Prepare(request), Is.Not.Null);

        var after = backend.Inspect(request, [SingleFloats.Pinned(new float[48])]);
        Assert.That(before.NodesElsewhere.Sum(node => node.Count), Is.EqualTo(1));
        Assert.That(after.NodesElsewhere.Sum(node => node.Count), Is.EqualTo(3));
    }

    [Test]
    public void Open_LibraryThatRefuses_HasItsWords() => Assert.That(
        () => Backend("testrefuse", "REFUSE").Open(),
        Throws.TypeOf<InferenceException>().With.Message.Contains("cannot use its testrefuse provider: ")
            .And.Message.Contains("the test device is not plugged in"));

    [Test]
    public void Open_WhatIsNoProvider_SaysWhatItLacks() => Assert.That(
        () => Find(new PluginLibrary("libc", NoProvider())).Open(),
        Throws.TypeOf<InferenceException>().With.Message.Contains("CreateEpFactories"));

    [Test]
    public void Open_WhatIsNoLibrary_SaysSo() => Assert.That(
        () => Find(new PluginLibrary("text", _folder.Write("text.so", "no library"))).Open(), Throws.TypeOf<InferenceException>());

    private IBackend Backend(string name, string kind) =>
        Find(new PluginLibrary(name, TestProvider.Compile(_folder, BackendCatalogue.ManagedApi, kind)));

    private string NoProvider()
    {
        var library = _folder.File("libnoprovider.so");
        StandIn.Compile(_folder.Write("none.c", "int none(void) { return 0; }"), library);
        return library;
    }

    private static IBackend Find(PluginLibrary library) =>
        BackendCatalogue.Find(library.BackendId, TestRuntimes.Find() with { Plugins = [library] })!;

    private static float[] Run(IInferenceSession session, float[] input)
    {
        using var execution = session.NewExecution();
        using var bound = execution.BindFloats(input);
        execution.Run(bound);
        return execution.Floats().ToArray();
    }

    /// <summary>sigmoid(relu(x · x + x)).</summary>
    private SessionRequest Network()
    {
        var graph = new GraphProto { Name = "tiny" };
        int[] shape = [1, 3, 4, 4];
        graph.Input.Add(TinyModel.Value("x", shape));
        graph.Output.Add(TinyModel.Value("y", shape));
        graph.Node.Add(new NodeProto { OpType = "Mul", Name = "mul", Input = { "x", "x" }, Output = { "a" } });
        graph.Node.Add(new NodeProto { OpType = "Add", Name = "add", Input = { "a", "x" }, Output = { "b" } });
        graph.Node.Add(new NodeProto { OpType = "Relu", Name = "relu", Input = { "b" }, Output = { "c" } });
        graph.Node.Add(new NodeProto { OpType = "Sigmoid", Name = "sigmoid", Input = { "c" }, Output = { "y" } });
        var model = new ModelProto { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Version = 17 } }, Graph = graph };
        return TinyModel.Request(_folder.Write("plugin.onnx", model.ToByteArray()));
    }
}
