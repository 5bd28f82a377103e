using System.Diagnostics;
using System.Globalization;

namespace Bench.Benchmarks.Processes;

/// <summary>Ends a process that hangs: in native code nothing else would, and the rest of the run would never come.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>The variable that sets the longest silence, in seconds; for tests, and for engines that build for hours.</summary>
    public const string Variable = "BENCH_PATIENCE_SECONDS";

    // A launch says something after every iteration. Loading may take long: engines build for the network then.
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(60);

    private readonly Process _process;
    private readonly TimeSpan _patience;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly Timer _silence;
    private readonly Timer? _limit;
    private Timer? _grace;

    public Watchdog(Process process, ProcessWatch watch)
    {
        _process = process;
        _patience = watch.Patience;
        _silence = new Timer(
            _ => Stop($"it gave no sign of life for {_patience.TotalSeconds:0} seconds and was stopped "
                + $"({Variable} sets how long to wait)."),
            null, _patience, Timeout.InfiniteTimeSpan);
        _limit = watch.Limit is { } limit
            ? new Timer(_ => Stop($"it did not end within {limit.TotalMinutes:0.#} minutes and was stopped."), null, limit,
                Timeout.InfiniteTimeSpan)
            : null;
        _interrupt = watch.Cancellation.Register(() => _grace = new Timer(
            _ => Stop("it did not end when the run was interrupted, and was stopped."), null, watch.Grace, Timeout.InfiniteTimeSpan));
    }

    /// <summary>How long a launch may say nothing.</summary>
    public static TimeSpan Patience => double.TryParse(
            Environment.GetEnvironmentVariable(Variable), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : DefaultPatience;

    /// <summary>Why the process was ended; null if it was not.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The process has said something.</summary>
    public void Sign()
    {
        try
        {
            _silence.Change(_patience, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The last words came after the end.
        }
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _silence.Dispose();
        _limit?.Dispose();
        _grace?.Dispose();
    }

    private void Stop(string complaint)
    {
        Complaint ??= complaint;
        ChildProcess.End(_process);
    }
}
