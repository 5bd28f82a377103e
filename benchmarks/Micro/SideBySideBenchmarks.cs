using Bench.Analysis.Measurements;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Preparing;
using Bench.Inference;
using Bench.Inference.NativeRuntimes;
using Bench.Models;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Benchmarks.Micro;

/// <summary>The matrix's timed operation beside a bare loop over ONNX Runtime's own API: same file, same options, same image.
/// The one place outside Bench.Inference that touches an engine.</summary>
[MemoryDiagnoser]
[Config(typeof(SideBySideConfig))]
public class SideBySideBenchmarks : IDisposable
{
    private RunOptions _runOptions = null!;
    private readonly string[] _inputNames = new string[1];
    private readonly string[] _outputNames = new string[1];
    private readonly OrtValue[] _inputs = new OrtValue[1];
    private readonly OrtValue[] _outputs = new OrtValue[1];
    private InferenceSession _bare = null!;
    private InferenceBenchmark _benchmark = null!;

    [Params("inceptionv3", "unet")]
    public string Model { get; set; } = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        var paths = BenchPaths.Find();
        var model = ModelPreparation.Prepare(
            new ModelSource(Path.Combine(paths.Models, Model + ".json")),
            new PreparingOptions { Precisions = [Precision.Fp32], Formats = [ModelFormat.Onnx], Cache = paths.Cache });
        var backend = BackendCatalogue.Find(BackendCatalogue.ReferenceId, RuntimeCatalogue.Find())!;
        var request = model.Plan(model.Data!.Count)
            .Request(Matrix.Id(Model, BackendCatalogue.ReferenceId, Variant.None, Precision.Fp32), backend, paths.Cache, build: 1);
        var execution = backend.Load(request).NewExecution();
        var (input, given) = (request.Inputs[0], request.Outputs[0]);
        var image = GC.AllocateArray<float>(input.Length, pinned: true);
        var output = GC.AllocateArray<float>(given.Length, pinned: true);
        _benchmark = new InferenceBenchmark(execution, execution.BindFloats(image));

        // Only now: the backend has chosen the native library.
        _runOptions = new RunOptions();
        using var options = new SessionOptions { InterOpNumThreads = 1 };
        _bare = new InferenceSession(request.ModelPath, options);
        _inputNames[0] = input.Name;
        _outputNames[0] = given.Name;
        _inputs[0] = OrtValue.CreateTensorValueFromMemory(image, [.. input.Shape.Select(axis => (long)axis)]);
        _outputs[0] = OrtValue.CreateTensorValueFromMemory(output, [.. given.Shape.Select(axis => (long)axis)]);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _inputs[0].Dispose();
        _outputs[0].Dispose();
        _bare.Dispose();
        _runOptions.Dispose();
    }

    private sealed class SideBySideConfig : ManualConfig
    {
        // The matrix's own settings (MatrixConfig).
        public SideBySideConfig() => AddJob(Job.Default
            .WithStrategy(RunStrategy.Monitoring).WithLaunchCount(3).WithWarmupCount(10)
            .WithIterationCount(100).WithInvocationCount(1).WithUnrollFactor(1)
            .WithEnvironmentVariable("DOTNET_TieredCompilation", "0"));
    }

    [Benchmark(Baseline = true)]
    public void BareRun() => _bare.Run(_runOptions, _inputNames, _inputs, _outputNames, _outputs);

    [Benchmark]
    public void TimedOperation() => _benchmark.Infer();
}
