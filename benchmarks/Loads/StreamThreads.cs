using System.Runtime.ExceptionServices;

namespace Bench.Benchmarks.Loads;

/// <summary>A thread for each stream, the same one as long as the launch lasts.</summary>
/// <remarks>ONNX Runtime's CUDA provider keeps handles of CUDA's libraries, and a graph that it recorded, for each calling thread. A new
/// thread would make and record them again in the middle of a measurement.</remarks>
internal sealed class StreamThreads : IStreamThreads, IDisposable
{
    private readonly List<Worker> _workers = [];

    public void Run(int streams, Action begin, Action<int> body)
    {
        // All threads are there before any waits for the others.
        _ = WorkerOf(streams - 1);
        // None begins before all are there.
        using var ready = new Barrier(streams, _ => begin());
        for (var i = 0; i < streams; i++)
        {
            var stream = i;
            WorkerOf(stream).Start(() =>
            {
                ready.SignalAndWait();
                body(stream);
            });
        }

        var failures = Enumerable.Range(0, streams).Select(stream => _workers[stream].Wait()).ToList();
        if (failures.Find(failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>Does something on the thread of one stream, and returns when it is done.</summary>
    /// <param name="stream">The number of the stream.</param>
    /// <param name="action">What is done.</param>
    public void On(int stream, Action action)
    {
        var worker = WorkerOf(stream);
        worker.Start(action);
        if (worker.Wait() is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    public void Dispose() => _workers.ForEach(worker => worker.Dispose());

    private Worker WorkerOf(int stream)
    {
        while (_workers.Count <= stream)
        {
            _workers.Add(new Worker(_workers.Count));
        }

        return _workers[stream];
    }

    private sealed class Worker : IDisposable
    {
        private readonly SemaphoreSlim _begin = new(0);
        private readonly SemaphoreSlim _end = new(0);
        private readonly Thread _thread;
        private Action? _action;
        private Exception? _failure;

        public Worker(int number)
        {
            _thread = new Thread(Work) { IsBackground = true, Name = FormattableString.Invariant($"stream {number}") };
            _thread.Start();
        }

        public void Start(Action action)
        {
            (_action, _failure) = (action, null);
            _begin.Release();
        }

        /// <returns>What went wrong; null if nothing did.</returns>
        public Exception? Wait()
        {
            _end.Wait();
            return _failure;
        }

        public void Dispose()
        {
            _action = null;
            _begin.Release();
            _thread.Join();
            _begin.Dispose();
            _end.Dispose();
        }

        private void Work()
        {
            while (true)
            {
                _begin.Wait();
                if (_action is not { } action)
                {
                    return;
                }

                try
                {
                    action();
                }
                catch (Exception e)
                {
                    _failure = e;
                }

                _end.Release();
            }
        }
    }
}
