using Bench.Analysis.Timings;
using Bench.Benchmarks.Engines;
using Bench.Inference;
using BenchmarkDotNet.Attributes;

namespace Bench.Benchmarks.Inference;

/// <summary>One operation: the inference of one image, from host memory to outputs in host memory.
/// Backend and precision come with the job.</summary>
public class InferenceBenchmark
{
    private LaunchRecorder _recorder = null!;
    private IExecution _execution = null!;
    private IBoundInput _input = null!;

    /// <summary>The models of the run; the host sets them before BenchmarkDotNet looks.</summary>
    internal static IReadOnlyList<string> SelectedModels { get; set; } = [];

    public static IEnumerable<string> Models => SelectedModels;

    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = string.Empty;

    /// <summary>The operation alone, without what surrounds it: for measuring the harness itself.</summary>
    internal static InferenceBenchmark ForExecution(IExecution execution, IBoundInput input) =>
        new() { _execution = execution, _input = input };

    [GlobalSetup]
    public void Setup()
    {
        var launch = LaunchProgram.Current ?? throw new InvalidOperationException("Only a launch measures.");
        var plan = LaunchPlan.Read(launch.PlanPath);
        var job = JobName.Parse(launch.Job);
        var backend = BackendCatalogue.Find(job.Backend, EngineTrial.Runtimes(plan.OrtLibrary))!;
        _recorder = new LaunchRecorder(plan, job, Model, backend);
        _execution = _recorder.Start();
    }

    [IterationSetup]
    public void BeforeIteration() => _input = _recorder.BeforeIteration();

    [Benchmark]
    public void Infer()
    {
        try
        {
            _execution.Run(_input);
        }
        catch (Exception e)
        {
            _recorder.GiveUp(e);
            throw;
        }
    }

    [IterationCleanup]
    public void AfterIteration() => _recorder.AfterIteration();

    /// <summary>The operation, as BenchmarkDotNet's engine calls it in a launch.</summary>
    internal void Infer(long count)
    {
        for (var i = 0L; i < count; i++)
        {
            Infer();
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _recorder.Finish();
}
