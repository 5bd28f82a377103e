using System.Runtime.CompilerServices;
using Bench.Inference;

namespace Bench.Benchmarks.Micro;

/// <summary>An engine that does nothing, to measure what the harness adds. It is in no catalogue and in no result.</summary>
internal sealed class NullExecution : IExecution
{
    public ReadOnlySpan<byte> Output(int index) => [];

    public IBoundInput Bind(IReadOnlyList<byte[]> inputs) => new NullInput();

    // As a call that the compiler cannot see through, like that of a real engine.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run(IBoundInput input)
    {
    }

    public void Dispose()
    {
    }

    private sealed class NullInput : IBoundInput
    {
        public void Dispose()
        {
        }
    }
}
