namespace Bench.Benchmarks.Launches;

/// <summary>Does something again and again, on a thread of its own, never twice at a time. When it is disposed of nothing is being done any
/// more.</summary>
internal sealed class Pulse : IDisposable
{
    private readonly Action _beat;
    private readonly Lock _gate = new();
    private readonly Timer _timer;

    /// <param name="beat">What is done.</param>
    /// <param name="every">How long lies between.</param>
    public Pulse(Action beat, TimeSpan every)
    {
        _beat = beat;
        _timer = new Timer(_ => Beat(), null, every, every);
    }

    public void Dispose()
    {
        using var isOver = new ManualResetEvent(false);
        if (_timer.Dispose(isOver))
        {
            isOver.WaitOne();
        }
    }

    private void Beat()
    {
        // One that takes long delays no other: it is left out.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            _beat();
        }
        catch (IOException)
        {
            // Nobody listens any more; an exception here would end the process without a record.
        }
        finally
        {
            _gate.Exit();
        }
    }
}
