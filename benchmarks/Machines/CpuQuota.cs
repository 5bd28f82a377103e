using System.Globalization;

namespace Bench.Benchmarks.Machines;

/// <summary>How many cores' time this process may use: a container's quota can be less than the cores that it sees.</summary>
internal static class CpuQuota
{
    public static double Read() => OperatingSystem.IsLinux() && Read("/sys/fs/cgroup") is { } quota
        ? Math.Min(Environment.ProcessorCount, quota)
        : Environment.ProcessorCount;

    /// <summary>How many threads one inference gets: the whole cores of a quota, at least one.</summary>
    public static int Threads(double quota) => Math.Max(1, (int)Math.Floor(quota));

    /// <summary>Reads control groups, version 2 and then 1: https://docs.kernel.org/admin-guide/cgroup-v2.html.</summary>
    /// <returns>Cores, or null without a quota.</returns>
    internal static double? Read(string root)
    {
        if (Line(Path.Combine(root, "cpu.max")) is { } line)
        {
            return Quota(line.Split(' '));
        }

        return Line(Path.Combine(root, "cpu", "cpu.cfs_quota_us")) is { } quota
            && Line(Path.Combine(root, "cpu", "cpu.cfs_period_us")) is { } period
            ? Quota([quota, period])
            : null;
    }

    private static double? Quota(string[] fields) =>
        fields.Length == 2
        && double.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var quota)
        && double.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var period)
        && quota > 0 && period > 0
            ? quota / period
            : null;

    private static string? Line(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
