namespace Bench.Analysis.Runs;

/// <summary>Under which conditions a launch was timed: what the machine and the rest of its load did meanwhile.</summary>
/// <remarks>Everything is optional: what a system does not tell is null, and never guessed.</remarks>
public sealed record LaunchConditions
{
    /// <summary>How the launch's process was scheduled.</summary>
    public ProcessFacts? Process { get; init; }

    /// <summary>How often the quota of a container stopped it in the timed period.</summary>
    public QuotaThrottling? QuotaThrottling { get; init; }

    /// <summary>The processor's clock at the end of the warm-up.</summary>
    public CpuClock? CpuClockBefore { get; init; }

    /// <summary>The processor's clock right after the last timed request.</summary>
    public CpuClock? CpuClockAfter { get; init; }

    /// <summary>How often the processor slowed down for heat in the timed period.</summary>
    public CpuHeat? CpuHeat { get; init; }

    /// <summary>The graphics processor at the end of the warm-up.</summary>
    public GpuReading? GpuBefore { get; init; }

    /// <summary>The graphics processor right after the last timed request.</summary>
    public GpuReading? GpuAfter { get; init; }

    /// <summary>Why the launch's graphics processor could not be read, one sentence; null if it was, or if the launch used none.</summary>
    public string? GpuUnknown { get; init; }

    /// <summary>Share of the timed period that the hypervisor gave to others, in [0, 1]; null where it cannot be told.</summary>
    public double? StealShare { get; init; }

    /// <summary>Share of the machine's time that other processes used in the timed period, in [0, 1]; null where it cannot be
    /// told.</summary>
    public double? OtherLoadShare { get; init; }
}
