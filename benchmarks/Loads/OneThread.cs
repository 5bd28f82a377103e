namespace Bench.Benchmarks.Loads;

/// <summary>The calling thread, for a single stream.</summary>
internal sealed class OneThread : IStreamThreads
{
    public void Run(int streams, Action begin, Action<int> body)
    {
        begin();
        for (var stream = 0; stream < streams; stream++)
        {
            body(stream);
        }
    }
}
