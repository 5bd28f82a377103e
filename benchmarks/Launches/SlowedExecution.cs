using System.Diagnostics;
using Bench.Inference;

namespace Bench.Benchmarks.Launches;

/// <summary>An execution that takes longer than it has to, by a share of what each inference takes:
/// to see whether a gate catches it.</summary>
/// <param name="inner">The execution.</param>
/// <param name="share">The share, above 0.</param>
internal sealed class SlowedExecution(IExecution inner, double share) : IExecution
{
    public ReadOnlySpan<byte> Output(int index) => inner.Output(index);

    public IBoundInput Bind(IReadOnlyList<byte[]> inputs) => inner.Bind(inputs);

    public void Run(IBoundInput input)
    {
        var start = Stopwatch.GetTimestamp();
        inner.Run(input);
        var end = start + (long)((Stopwatch.GetTimestamp() - start) * (1 + share));
        while (Stopwatch.GetTimestamp() < end)
        {
            Thread.SpinWait(20);
        }
    }

    public void Dispose() => inner.Dispose();
}
