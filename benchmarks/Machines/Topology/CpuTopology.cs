using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines.Topology;

/// <summary>What a processor is made of, as far as a measurement can tell the difference.</summary>
internal sealed record CpuTopology
{
    /// <summary>The kinds of cores, the strongest first; null if all are alike, or where it cannot be told.</summary>
    public IReadOnlyList<CoreKind>? CoreKinds { get; init; }

    /// <summary>The most logical processors that a core has; null where it cannot be told.</summary>
    public int? ThreadsPerCore { get; init; }

    /// <summary>The sum of the caches of the last level that the process may use, in bytes; null where it cannot be told.</summary>
    public long? LastLevelCacheBytes { get; init; }

    /// <summary>This machine's processor.</summary>
    public static CpuTopology Read() => OperatingSystem.IsLinux() ? LinuxTopology.Read(KernelFiles.Here)
        : OperatingSystem.IsWindows() ? WindowsTopology.Read()
        : OperatingSystem.IsMacOS() ? MacTopology.Read()
        : new CpuTopology();

    /// <summary>Names the kinds of cores of a processor by their place in the order.</summary>
    /// <param name="groups">How many cores, and which logical processors if known; the strongest kind first.</param>
    /// <returns>Null if there is one kind only.</returns>
    public static IReadOnlyList<CoreKind>? Kinds(IReadOnlyList<(int Cores, IReadOnlyList<int>? Cpus)> groups) => groups.Count < 2
        ? null
        : [.. groups.Select((group, place) => new CoreKind(
            place == 0 ? "performance" : place == groups.Count - 1 ? "efficiency" : "middle",
            group.Cores, group.Cpus is { Count: > 0 } ? CpuList.Format(group.Cpus) : null))];
}
