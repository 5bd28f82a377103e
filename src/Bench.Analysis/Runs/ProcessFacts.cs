namespace Bench.Analysis.Runs;

/// <summary>How a process was scheduled.</summary>
public sealed record ProcessFacts
{
    /// <summary>Its nice value, from −20 (most urgent) to 19; null where there is none (Windows).</summary>
    public int? Nice { get; init; }

    /// <summary>Its priority class, for example <c>Normal</c>, on systems that name one (Windows, macOS); null elsewhere.</summary>
    public string? PriorityClass { get; init; }

    /// <summary>The scheduler's policy, for example <c>SCHED_OTHER</c>; null where it cannot be told.</summary>
    public string? Scheduler { get; init; }

    /// <summary>The logical processors that it may run on, as the kernel writes them: <c>0-7,16-23</c>; null where it cannot be
    /// told.</summary>
    public string? AllowedCpus { get; init; }

    /// <summary>The memory node that all of them belong to; null if they belong to several, or where it cannot be told.</summary>
    public int? NumaNode { get; init; }
}
