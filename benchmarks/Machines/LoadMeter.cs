using System.Diagnostics;
using System.Globalization;

namespace Bench.Benchmarks.Machines;

/// <summary>Measures, over a period, how much of the machine's time the hypervisor and other processes took.</summary>
internal sealed class LoadMeter
{
    // The kernel counts in steps of 10 ms; over less than half a second of one core a share would be mostly rounding.
    private const int MinimumTicks = 50;

    private readonly KernelFiles _files;
    private readonly CpuTimes? _start;
    private readonly TimeSpan _ownStart;

    private LoadMeter(KernelFiles files)
    {
        _files = files;
        _start = CpuTimes.Read(files);
        _ownStart = OwnTime();
    }

    /// <summary>Share of the machine's time that the hypervisor gave to others; null where it cannot be told.</summary>
    public double? StealShare { get; private set; }

    /// <summary>Share of the machine's time that other processes used; null where it cannot be told.</summary>
    public double? OtherLoadShare { get; private set; }

    internal static LoadMeter Start(KernelFiles files) => new(files);

    public void Stop()
    {
        if (_start is not { } start || CpuTimes.Read(_files) is not { } end || end.Total - start.Total < MinimumTicks)
        {
            return;
        }

        var total = (double)(end.Total - start.Total);
        var own = (OwnTime() - _ownStart).TotalSeconds * CpuTimes.TicksPerSecond;
        StealShare = (end.Steal - start.Steal) / total;
        OtherLoadShare = Math.Clamp((end.Busy - start.Busy - own) / total, 0, 1);
    }

    private static TimeSpan OwnTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    /// <summary>Ticks since the machine started, over all cores: https://man7.org/linux/man-pages/man5/proc_stat.5.html.</summary>
    internal readonly record struct CpuTimes(long Busy, long Steal, long Total)
    {
        public const int TicksPerSecond = 100;

        public static CpuTimes? Read(KernelFiles files) => files.Lines("proc/stat") is [var line, ..] ? Parse(line) : null;

        /// <summary>Reads <c>cpu user nice system idle iowait irq softirq steal …</c>.</summary>
        public static CpuTimes? Parse(string line)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 9 || fields[0] != "cpu")
            {
                return null;
            }

            var ticks = new long[8];
            for (var i = 0; i < ticks.Length; i++)
            {
                if (!long.TryParse(fields[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out ticks[i]))
                {
                    return null;
                }
            }

            var busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
            return new CpuTimes(busy, ticks[7], busy + ticks[3] + ticks[4] + ticks[7]);
        }
    }
}
