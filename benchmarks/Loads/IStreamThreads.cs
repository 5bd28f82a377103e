using System.Runtime.ExceptionServices;

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

/// <summary>A thread for each stream. None begins before all are there.</summary>
internal sealed class StreamThreads : IStreamThreads
{
    public void Run(int streams, Action begin, Action<int> body)
    {
        Exception? first = null;
        using var ready = new Barrier(streams, _ => begin());
        var threads = Enumerable.Range(0, streams).Select(stream => new Thread(() => Work(stream))
        {
            IsBackground = true,
            Name = FormattableString.Invariant($"stream {stream}"),
        }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        void Work(int stream)
        {
            try
            {
                ready.SignalAndWait();
                body(stream);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref first, e, null);
            }
        }
    }
}
