namespace Bench.Benchmarks.Loads;

/// <summary>Lets streams work side by side.</summary>
internal interface IStreamThreads
{
    /// <summary>Does something for each stream at the same time, and returns when all are done.</summary>
    /// <param name="streams">How many streams there are.</param>
    /// <param name="begin">Done once, when all are ready and none has begun.</param>
    /// <param name="body">What is done for a stream, by its number from 0.</param>
    void Run(int streams, Action begin, Action<int> body);
}
