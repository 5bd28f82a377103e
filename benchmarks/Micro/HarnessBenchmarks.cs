using Bench.Benchmarks.Launches;
using BenchmarkDotNet.Attributes;

namespace Bench.Benchmarks.Micro;

/// <summary>What the timed operation costs beside the engine: the same method that the matrix measures, on an engine
/// that does nothing.</summary>
[MemoryDiagnoser]
public class HarnessBenchmarks
{
    private readonly InferenceBenchmark _benchmark;

    public HarnessBenchmarks()
    {
        var execution = new NullExecution();
        _benchmark = new InferenceBenchmark(execution, execution.Bind([]));
    }

    [Benchmark]
    public void TimedOperationOnNullEngine() => _benchmark.Infer();
}
