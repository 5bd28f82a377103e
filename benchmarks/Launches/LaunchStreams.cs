using System.Diagnostics;
using Bench.Benchmarks.Loads;
using Bench.Inference;

namespace Bench.Benchmarks.Launches;

/// <summary>The streams of a launch with the sessions that they need, made one after the other: engines that search for the quickest
/// algorithm in a first inference disturb each other there.</summary>
internal sealed class LaunchStreams : IDisposable
{
    private readonly List<IInferenceSession> _sessions = [];
    private readonly List<RequestStream> _streams = [];

    private LaunchStreams()
    {
    }

    /// <summary>The streams; at least one.</summary>
    public IReadOnlyList<RequestStream> All => _streams;

    /// <summary>The threads of several streams.</summary>
    public StreamThreads Threads { get; } = new();

    /// <summary>How many sessions there are: one, or one for each stream where the engine lets a session run one request at a
    /// time.</summary>
    public int Sessions => _sessions.Count;

    /// <summary>What the first session runs on.</summary>
    public SessionFacts Facts => _sessions[0].Facts;

    /// <summary>How long the sessions took to load the network, in ms.</summary>
    public double LoadMs { get; private set; }

    /// <summary>How long the first inferences took, in ms.</summary>
    public double FirstInferenceMs { get; private set; }

    /// <summary>Makes them.</summary>
    /// <param name="backend">The engine, opened.</param>
    /// <param name="request">What is loaded.</param>
    /// <param name="slowDown">The share by which each inference takes longer on purpose; null in an honest run.</param>
    /// <param name="pool">Gives a stream's requests.</param>
    /// <exception cref="InferenceException">The engine failed.</exception>
    public static LaunchStreams Start(
        IBackend backend, SessionRequest request, double? slowDown, Func<IExecution, int, RequestPool> pool)
    {
        var streams = new LaunchStreams();
        try
        {
            for (var i = 0; i < request.Knobs.Streams; i++)
            {
                streams.Add(backend, request, slowDown, execution => pool(execution, i));
            }

            return streams;
        }
        catch
        {
            streams.Dispose();
            throw;
        }
    }

    /// <summary>Makes the first inference of every stream, one after the other.</summary>
    public void MakeFirstInferences()
    {
        for (var i = 0; i < _streams.Count; i++)
        {
            var stream = _streams[i];
            On(i, () => FirstInferenceMs += Timed(() => stream.RunUntimed(stream.Pool.Count - 1)));
        }
    }

    /// <summary>Does something on the thread that sends a stream's requests: of a single stream the calling one.</summary>
    /// <param name="stream">The number of the stream.</param>
    /// <param name="action">What is done.</param>
    public void On(int stream, Action action)
    {
        if (_streams.Count == 1)
        {
            action();
        }
        else
        {
            Threads.On(stream, action);
        }
    }

    public void Dispose()
    {
        Threads.Dispose();
        _streams.ForEach(stream => stream.Dispose());
        _sessions.ForEach(session => session.Dispose());
    }

    private void Add(IBackend backend, SessionRequest request, double? slowDown, Func<IExecution, RequestPool> pool)
    {
        if (_sessions.Count == 0 || !_sessions[0].AllowsConcurrentRuns)
        {
            LoadMs += Timed(() => _sessions.Add(backend.Load(request)));
        }

        var execution = _sessions[^1].NewExecution();
        try
        {
            _streams.Add(new RequestStream(
                execution, slowDown is { } share ? new SlowedExecution(execution, share) : execution, pool(execution)));
        }
        catch
        {
            execution.Dispose();
            throw;
        }
    }

    private static double Timed(Action action)
    {
        var clock = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
    }
}
