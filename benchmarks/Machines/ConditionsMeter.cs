using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines.Gpus;

namespace Bench.Benchmarks.Machines;

/// <summary>
/// Records under which conditions a launch is timed. Start it before the warm-up, tell it where the warm-up ends, and stop it right after
/// the last timed request. Between these calls it does nothing at all: no thread, no timer, no memory.
/// </summary>
internal sealed class ConditionsMeter : IDisposable
{
    private const int RequestsFlowAfterMs = 2;

    private readonly KernelFiles _files;
    private readonly GpuMeter? _gpu;
    private readonly string? _gpuUnknown;
    private readonly IReadOnlyList<int> _cpus;

    private LoadMeter _load;
    private ThrottleMeter _throttle;
    private HeatMeter _heat;
    private CpuClock? _clockBefore;
    private GpuReading? _gpuBefore;

    private ConditionsMeter(KernelFiles files, GpuMeter? gpu, string? gpuUnknown)
    {
        _files = files;
        _gpu = gpu;
        _gpuUnknown = gpuUnknown;
        _cpus = ProcessProbe.AllowedCpus(files) ?? [];
        _heat = HeatMeter.Start(files, _cpus);
        _throttle = ThrottleMeter.Start(files);
        _load = LoadMeter.Start(files);
    }

    /// <summary>Begins.</summary>
    /// <param name="gpu">PCI bus id or UUID of the NVIDIA device that the launch uses; null if it uses none, or if it is not known
    /// which.</param>
    /// <param name="reason">Why it is not known which device the launch uses, one sentence; null if it is known, or if there is
    /// none.</param>
    public static ConditionsMeter Start(string? gpu = null, string? reason = null)
    {
        var meter = gpu is null ? null : GpuMeter.Open(gpu, out reason);
        return Start(KernelFiles.Here, meter, reason);
    }

    /// <param name="files">The kernel's files.</param>
    /// <param name="gpu">The meter, which this one disposes of; null without a device, or if it cannot be read.</param>
    /// <param name="gpuUnknown">Why it cannot be read.</param>
    internal static ConditionsMeter Start(KernelFiles files, GpuMeter? gpu, string? gpuUnknown) => new(files, gpu, gpuUnknown);

    /// <summary>The warm-up is over: reads clocks, and begins to count load and throttling anew.</summary>
    /// <param name="request">A request that is not timed: sent again and again from the calling thread while the device is read from
    /// another, so that it is read while busy. Without it the device is read at once.</param>
    public void EndOfWarmup(Action? request = null)
    {
        _clockBefore = CpuClockProbe.Read(_files, _cpus);
        _heat = HeatMeter.Start(_files, _cpus);
        _gpuBefore = ReadGpu(request);
        _throttle = ThrottleMeter.Start(_files);
        _load = LoadMeter.Start(_files);
    }

    /// <summary>The last timed request is answered.</summary>
    /// <param name="request">As of <see cref="EndOfWarmup"/>.</param>
    public LaunchConditions Stop(Action? request = null)
    {
        _load.Stop();
        var throttling = _throttle.Stop();
        var clock = CpuClockProbe.Read(_files, _cpus);
        var gpu = ReadGpu(request);
        return new LaunchConditions
        {
            Process = ProcessProbe.Read(_files),
            QuotaThrottling = throttling,
            CpuClockBefore = _clockBefore,
            CpuClockAfter = clock,
            CpuHeat = _heat.Stop(),
            GpuBefore = _gpuBefore,
            GpuAfter = gpu,
            GpuUnknown = _gpuUnknown,
            StealShare = _load.StealShare,
            OtherLoadShare = _load.OtherLoadShare,
        };
    }

    public void Dispose() => _gpu?.Dispose();

    private GpuReading? ReadGpu(Action? request)
    {
        if (_gpu is null || request is null)
        {
            return _gpu?.Read();
        }

        GpuReading? reading = null;
        var reader = new Thread(Read) { IsBackground = true };
        reader.Start();
        try
        {
            do
            {
                request();
            }
            while (reader.IsAlive);
        }
        finally
        {
            reader.Join();
        }

        return reading;

        void Read()
        {
            // By then requests follow one another: a device that waits for its first would be read as idle.
            Thread.Sleep(RequestsFlowAfterMs);
            reading = _gpu.Read();
        }
    }
}
