using Bench.Inference.OnnxRuntime;
using Bench.Inference.OnnxRuntime.Cpu;
using Bench.Inference.OnnxRuntime.Cuda;
using Bench.Inference.OnnxRuntime.Memory;

namespace Bench.Inference.Tests.OnnxRuntime.Cuda;

/// <summary>How inputs and outputs come to a device and back: with ONNX Runtime's own sessions and bindings, on the processor's memory, and
/// with a stand-in for CUDA's copies.</summary>
[Platform("Linux")]
[NonParallelizable]
public class CudaMemoryTests
{
    private static readonly OrtBackend Backend = new(new CpuProvider("ort-cpu", optimised: true), TestRuntimes.Find());

    private CudaStandIn _cuda = null!;
    private TemporaryFolder _folder = null!;
    private OrtSession _session = null!;

    [OneTimeSetUp]
    public void LoadStandIn() => _cuda = new CudaStandIn();

    [OneTimeTearDown]
    public void FreeStandIn() => _cuda?.Dispose();

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _session = (OrtSession)Backend.Load(TinyModel.Request(_folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4]))));
        _ = _cuda.Calls;
    }

    [TearDown]
    public void TearDown()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Run_PageLocked_GivesOutputsAndUnlocksEverything()
    {
        using (var execution = new OrtExecution(_session, new PageLockedMemory(_cuda.Runtime, 0)))
        using (var first = execution.BindFloats([.. Enumerable.Range(0, 48).Select(i => -i - 0.5f)]))
        using (var second = execution.BindFloats([.. Enumerable.Repeat(-7f, 48)]))
        {
            Assert.That(_cuda.Locked, Is.EqualTo(3), "the output and each image, in pages of their own");
            execution.Run(first);
            Assert.That(execution.Floats().ToArray(), Is.EqualTo(Enumerable.Range(0, 48).Select(i => i + 0.5f)));
            execution.Run(second);
            Assert.That(execution.Floats().ToArray(), Has.All.EqualTo(7));
        }

        Assert.That(_cuda.Locked, Is.Zero);
    }

    [Test]
    public void Hold_MemoryThatCannotBeLocked_HasCudasWordsAndKeepsNothing()
    {
        _cuda.FailLock(2);

        Assert.That(() => new PageLockedMemory(_cuda.Runtime, 0).Hold(new byte[20]),
            Throws.TypeOf<InferenceException>().With.Message.EqualTo("CUDA: cudaHostRegister failed: out of memory (2)."));
        Assert.That(_cuda.Locked, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Run_Graph_CopiesBeforeAndAfterEachRun(bool pageLocked)
    {
        using (var execution = Graph(pageLocked ? new PageLockedMemory(_cuda.Runtime, 0) : HostMemory.Pageable))
        using (var first = execution.BindFloats([.. Enumerable.Range(0, 48).Select(i => -i - 0.5f)]))
        using (var second = execution.BindFloats([.. Enumerable.Repeat(-7f, 48)]))
        {
            _ = _cuda.Calls;
            execution.Run(first);
            Assert.That(execution.Floats().ToArray(), Is.EqualTo(Enumerable.Range(0, 48).Select(i => i + 0.5f)));
            Assert.That(_cuda.Calls, Is.EqualTo("SDWH"));
            execution.Run(second);
            Assert.That(execution.Floats().ToArray(), Has.All.EqualTo(7));
        }

        Assert.That(_cuda.Locked, Is.Zero);
    }

    [Test]
    public void Run_GraphWhoseCopyFails_HasCudasWords()
    {
        using var execution = Graph(HostMemory.Pageable);
        using var input = execution.BindFloats(new float[48]);
        _ = _cuda.Calls;
        execution.Run(input);
        _cuda.FailCopy(2);

        Assert.That(() => execution.Run(input), Throws.TypeOf<InferenceException>()
            .With.Message.EqualTo("CUDA: cudaMemcpy to the device failed: out of memory (2)."));
    }

    [Test]
    public void Bind_GraphAndWrongLength_SaysBoth()
    {
        using var execution = Graph(HostMemory.Pageable);

        Assert.That(() => execution.BindFloats(new float[5]),
            Throws.TypeOf<InferenceException>().With.Message.Contains("5 values for 'x'; the network takes 48"));
    }

    [Test]
    public void For_NoRuntime_SaysWhatToDo()
    {
        if (NvidiaLibrary.Load(NvidiaLibrary.Runtime) != 0)
        {
            Assert.Ignore("CUDA's runtime is here");
        }

        Assert.That(() => CudaRuntime.For("graph=on"), Throws.TypeOf<InferenceException>()
            .With.Message.Contains("graph=on needs CUDA's runtime library").And.Message.Contains("libcudart.so.13")
            .And.Message.Contains("Install CUDA 13"));
    }

    [Test]
    public void Versions_Libraries_AreThoseThatTheyTell() => Assert.That(
        NvidiaVersions.Ask(0, _cuda.Library, _cuda.Library, _cuda.Library),
        Is.EqualTo(new NvidiaVersions("unknown", "13.0", "9.10.2", "10.8.0")));

    private GraphExecution Graph(HostMemory memory) => new(_session, memory, _cuda.Runtime, "Cpu", 0);
}
