using System.Diagnostics;
using Bench.Benchmarks.Launches;

namespace Bench.Benchmarks.Micro;

/// <summary>What anybody would write to see how quick an engine is: a stopwatch around a loop. It shares with the product the sessions and
/// the memory of requests, and nothing that measures.</summary>
internal static class BareLoop
{
    /// <summary>Sends requests, one after the other or on a thread for each stream.</summary>
    /// <param name="streams">The streams, warm.</param>
    /// <param name="requests">How many requests, all streams together.</param>
    /// <returns>How long the machine took for a request, in ms: the time on the wall over their number.</returns>
    public static double Ms(IReadOnlyList<RequestStream> streams, int requests) =>
        (streams.Count == 1 ? Alone(streams[0], requests) : Together(streams, requests)).TotalMilliseconds / requests;

    private static TimeSpan Alone(RequestStream stream, int requests)
    {
        var (execution, pool) = (stream.Timed, stream.Pool);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < requests; i++)
        {
            execution.Run(pool[i % pool.Count]);
        }

        return clock.Elapsed;
    }

    private static TimeSpan Together(IReadOnlyList<RequestStream> streams, int requests)
    {
        using var go = new ManualResetEventSlim();
        using var ready = new CountdownEvent(streams.Count);
        var sent = 0;
        var threads = streams.Select(stream => new Thread(() => Send(stream)) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        ready.Wait();
        var clock = Stopwatch.StartNew();
        go.Set();
        threads.ForEach(thread => thread.Join());
        return clock.Elapsed;

        void Send(RequestStream stream)
        {
            var (execution, pool) = (stream.Timed, stream.Pool);
            ready.Signal();
            go.Wait();
            for (var i = 0; Interlocked.Increment(ref sent) <= requests; i++)
            {
                execution.Run(pool[i % pool.Count]);
            }
        }
    }
}
