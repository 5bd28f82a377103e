using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines;

/// <summary>Finds out how this process is scheduled.</summary>
internal static class ProcessProbe
{
    // Of /proc/self/stat, counted from the field after the command's name:
    // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
    private const int NiceField = 16;
    private const int PolicyField = 38;

    private static readonly string?[] Policies =
        ["SCHED_OTHER", "SCHED_FIFO", "SCHED_RR", "SCHED_BATCH", null, "SCHED_IDLE", "SCHED_DEADLINE", "SCHED_EXT"];

    /// <summary>How this process is scheduled now.</summary>
    /// <param name="files">The kernel's files; where there are none, the system is asked by its own interface.</param>
    public static ProcessFacts Read(KernelFiles files) => files.Exist ? ReadLinux(files) : ReadElsewhere();

    /// <returns>The logical processors that this process may run on; null where it cannot be told.</returns>
    public static IReadOnlyList<int>? AllowedCpus(KernelFiles files)
    {
        const string Name = "Cpus_allowed_list:";
        return CpuList.Parse(
            files.Lines("proc/self/status").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..]);
    }

    private static ProcessFacts ReadLinux(KernelFiles files)
    {
        // The name stands in brackets, and may have blanks and brackets in it.
        var stat = files.Text("proc/self/stat") ?? string.Empty;
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var cpus = AllowedCpus(files);
        return new ProcessFacts
        {
            Nice = Field(fields, NiceField),
            Scheduler = Field(fields, PolicyField) is { } policy and >= 0 && policy < Policies.Length ? Policies[policy] : null,
            AllowedCpus = cpus is null ? null : CpuList.Format(cpus),
            NumaNode = cpus is null ? null : NumaNode(files, cpus),
        };
    }

    private static ProcessFacts ReadElsewhere()
    {
        using var process = Process.GetCurrentProcess();
        try
        {
            return new ProcessFacts
            {
                PriorityClass = process.PriorityClass.ToString(),
                AllowedCpus = OperatingSystem.IsWindows() ? CpuList.Format(Bits(process.ProcessorAffinity)) : null,
            };
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            return new ProcessFacts();
        }
    }

    private static IEnumerable<int> Bits(nint mask) => Enumerable.Range(0, nint.Size * 8).Where(bit => ((mask >> bit) & 1) != 0);

    private static int? Field(string[] fields, int index) =>
        index < fields.Length && int.TryParse(fields[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static int? NumaNode(KernelFiles files, IReadOnlyList<int> cpus)
    {
        const string Nodes = "sys/devices/system/node";
        var touched = files.Folders(Nodes, "node*")
            .Where(name => CpuList.Parse(files.Text(Path.Combine(Nodes, name, "cpulist")))?.Intersect(cpus).Any() == true)
            .ToList();
        return touched is [var only] && int.TryParse(only["node".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var node)
            ? node
            : null;
    }
}
