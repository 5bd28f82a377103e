using Bench.Inference;
using BenchmarkDotNet.Attributes;

namespace Bench.Benchmarks.Launches;

/// <summary>One operation: one request, from host memory to outputs in host memory.</summary>
/// <remarks>Its full name is that of every row in BenchmarkDotNet's exports, so that neither the class nor the method
/// is ever renamed.</remarks>
public class InferenceBenchmark
{
    private readonly IExecution _execution = null!;
    private IBoundInput _input = null!;

    public InferenceBenchmark()
    {
    }

    /// <param name="execution">A stream of a loaded network.</param>
    /// <param name="input">What is run, until another input is chosen.</param>
    internal InferenceBenchmark(IExecution execution, IBoundInput input) => (_execution, _input) = (execution, input);

    /// <summary>Chooses what is run next.</summary>
    internal void Choose(IBoundInput input) => _input = input;

    [Benchmark]
    public void Infer() => _execution.Run(_input);

    /// <summary>The operation, as BenchmarkDotNet's engine calls it in a launch.</summary>
    internal void Infer(long count)
    {
        for (var i = 0L; i < count; i++)
        {
            Infer();
        }
    }
}
