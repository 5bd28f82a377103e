using Bench.Benchmarks.Loads;
using Bench.Inference;

namespace Bench.Benchmarks.Launches;

/// <summary>A stream of a launch: an execution with memory of its own, and the requests that it takes in turn.</summary>
/// <param name="execution">The engine's memory for the stream.</param>
/// <param name="timed">The same, or one that takes longer on purpose.</param>
/// <param name="pool">The requests.</param>
internal sealed class RequestStream(IExecution execution, IExecution timed, RequestPool pool) : IRequestStream, IDisposable
{
    private IBoundInput _input = pool[0];
    private int _sent;
    private bool _isWarm;

    /// <summary>What the timed operation calls.</summary>
    public IExecution Timed => timed;

    public RequestPool Pool => pool;

    /// <summary>The execution; it has the outputs of the last request.</summary>
    public IExecution Execution => execution;

    /// <summary>The place in the pool of the last request; -1 before the first.</summary>
    public int Place { get; private set; } = -1;

    /// <summary>Takes the next request: in the warm-up from the end of the pool, so that the first ones are in no cache when they are
    /// timed.</summary>
    public void Next()
    {
        Place = _isWarm ? _sent % pool.Count : pool.Count - 1 - (_sent % pool.Count);
        _sent++;
        _input = pool[Place];
    }

    public void Run() => timed.Run(_input);

    /// <summary>Starts from the first request: what was sent before warmed the engine up, and does not count.</summary>
    public void Restart() => (_sent, Place, _isWarm) = (0, -1, true);

    /// <summary>Sends a request that is not timed.</summary>
    /// <param name="place">Which of the pool.</param>
    public void RunUntimed(int place) => execution.Run(pool[place]);

    public void Dispose()
    {
        pool.Dispose();
        execution.Dispose();
    }
}
