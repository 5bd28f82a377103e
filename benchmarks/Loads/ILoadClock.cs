using System.Diagnostics;

namespace Bench.Benchmarks.Loads;

/// <summary>The time that a load goes by; tests have one that does not pass by itself.</summary>
internal interface ILoadClock
{
    /// <summary>How many ticks a millisecond has.</summary>
    double TicksPerMs { get; }

    /// <summary>The time now, in ticks.</summary>
    long Now { get; }

    /// <summary>Returns at a time, or at once if it is over.</summary>
    /// <param name="time">The time, in ticks.</param>
    void WaitUntil(long time);
}

/// <summary>The machine's own clock.</summary>
/// <remarks>A sleeper wakes late, so that the last part of a wait is spent looking at the clock. Windows' timers have steps of 15.6 ms.
/// </remarks>
internal sealed class MachineClock : ILoadClock
{
    private static readonly double SpunMs = OperatingSystem.IsWindows() ? 16 : 1;

    public double TicksPerMs { get; } = Stopwatch.Frequency / 1000.0;

    public long Now => Stopwatch.GetTimestamp();

    public void WaitUntil(long time)
    {
        var sleep = (int)(((time - Now) / TicksPerMs) - SpunMs);
        if (sleep > 0)
        {
            Thread.Sleep(sleep);
        }

        while (Now < time)
        {
            Thread.SpinWait(10);
        }
    }
}
