namespace Bench.Benchmarks.Loads;

/// <summary>Answers one request after the other, with memory of its own.</summary>
internal interface IRequestStream
{
    /// <summary>Takes the request that is sent next.</summary>
    void Next();

    /// <summary>Sends it, and returns when it is answered.</summary>
    void Run();
}
