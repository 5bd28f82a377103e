namespace Bench.Analysis.Runs;

/// <summary>What a graphics processor's driver told of it at one moment.</summary>
public sealed record GpuReading
{
    /// <summary>The clock of its multiprocessors in MHz; null if not told.</summary>
    public double? SmClockMHz { get; init; }

    /// <summary>The highest clock that they can have, in MHz; null if not told.</summary>
    public double? MaxSmClockMHz { get; init; }

    /// <summary>The clock of its memory in MHz; null if not told.</summary>
    public double? MemoryClockMHz { get; init; }

    /// <summary>Its temperature in degrees Celsius; null if not told.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>The power that it draws, in watts; null if not told. Drivers average it, over a second on many devices.</summary>
    public double? PowerWatts { get; init; }

    /// <summary>The power that it may draw, in watts; null if not told.</summary>
    public double? PowerLimitWatts { get; init; }

    /// <summary>Why its clock is lower than it could be, as <see cref="Runs.ThrottleReasons"/> names it; empty if it is not, null if
    /// not told.</summary>
    public IReadOnlyList<string>? ThrottleReasons { get; init; }

    /// <summary>Share of time in which it computed something, over the driver's last sampling period (a sixth of a second to a
    /// second), in [0, 1]; null if not told.</summary>
    public double? Utilisation { get; init; }

    /// <summary>How many other processes compute on it: at least this many, since in a container a process may not know itself;
    /// null if not told.</summary>
    public int? OtherProcesses { get; init; }

    /// <summary>Memory errors since the driver was loaded that could not be corrected; null if not told.</summary>
    public long? UncorrectedMemoryErrors { get; init; }
}
