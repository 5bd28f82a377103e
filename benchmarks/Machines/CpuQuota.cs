using System.Globalization;

namespace Bench.Benchmarks.Machines;

/// <summary>How many cores' time this process may use: a container's quota can be less than the cores that it sees.</summary>
internal static class CpuQuota
{
    /// <summary>Cores, above 0: the least of what the quotas, the sets of processors and the affinity allow.</summary>
    public static double Read() => Math.Min(Environment.ProcessorCount, Read(KernelFiles.Here) ?? double.PositiveInfinity);

    /// <summary>What the kernel's files say.</summary>
    /// <returns>Cores, or null where nothing limits them or nothing is told.</returns>
    internal static double? Read(KernelFiles files) => new[]
    {
        ControlGroups.Of(files, "cpu").Min(group => Quota(files, group)),
        // A group without a set of its own has that of the next one around it.
        ControlGroups.Of(files, "cpuset").Select(group => CpuSet(files, group)?.Count).FirstOrDefault(count => count is not null),
        ProcessProbe.AllowedCpus(files)?.Count,
    }.Min();

    private static double? Quota(KernelFiles files, ControlGroup group) => group.Version == 2
        ? files.Text(Path.Combine(group.Folder, "cpu.max"))?.Split(' ') is [var quota, var period] ? Ratio(quota, period) : null
        : Ratio(files.Text(Path.Combine(group.Folder, "cpu.cfs_quota_us")), files.Text(Path.Combine(group.Folder, "cpu.cfs_period_us")));

    // "max" in version 2 and -1 in version 1 mean that there is no quota.
    private static double? Ratio(string? quota, string? period) =>
        double.TryParse(quota, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        && double.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
        && time > 0 && whole > 0
            ? time / whole
            : null;

    private static IReadOnlyList<int>? CpuSet(KernelFiles files, ControlGroup group)
    {
        string[] names = group.Version == 2 ? ["cpuset.cpus.effective"] : ["cpuset.effective_cpus", "cpuset.cpus"];
        return names.Select(name => CpuList.Parse(files.Text(Path.Combine(group.Folder, name)))).FirstOrDefault(cpus => cpus is not null);
    }
}
