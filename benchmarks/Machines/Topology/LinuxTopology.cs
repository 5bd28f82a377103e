using System.Globalization;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines.Topology;

/// <summary>Reads a processor's parts from Linux.</summary>
/// <remarks>
/// https://docs.kernel.org/admin-guide/cputopology.html; the caches and <c>cpu_capacity</c> are in
/// https://docs.kernel.org/admin-guide/abi-testing.html; Intel's two kinds are two units that count events, <c>cpu_core</c> and
/// <c>cpu_atom</c>.
/// </remarks>
internal static class LinuxTopology
{
    // Cores of one kind are not all alike: the best of a chip may go a tenth higher. Kinds differ by more than this.
    private const double RatioOfKinds = 1.2;

    private const string Cpus = "sys/devices/system/cpu";

    public static CpuTopology Read(KernelFiles files)
    {
        var online = CpuList.Parse(files.Text($"{Cpus}/online")) ?? [];
        var cores = online.ToDictionary(cpu => cpu, cpu => Siblings(files, cpu));
        return new CpuTopology
        {
            CoreKinds = IntelKinds(files, cores) ?? Kinds(files, cores, "cpu_capacity") ?? Kinds(files, cores, "cpufreq/cpuinfo_max_freq"),
            ThreadsPerCore = cores.Values.Max(siblings => siblings?.Count),
            LastLevelCacheBytes = Caches(files, ProcessProbe.AllowedCpus(files) ?? online) is > 0 and var bytes ? bytes : null,
        };
    }

    /// <param name="text">As the kernel writes it: <c>32768K</c>.</param>
    /// <returns>Bytes; 0 if it is no size.</returns>
    internal static long ParseCacheSize(string text) => text.Length > 1
        && long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number * (text[^1] switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, _ => 0 })
            : 0;

    private static List<CoreKind>? IntelKinds(KernelFiles files, Dictionary<int, IReadOnlyList<int>?> cores)
    {
        var kinds = new[] { ("performance", "cpu_core"), ("efficiency", "cpu_atom"), ("low-power", "cpu_lowpower") }
            .Select(kind => (Name: kind.Item1, Cpus: CpuList.Parse(files.Text($"sys/devices/{kind.Item2}/cpus"))))
            .Where(kind => kind.Cpus is not null)
            .Select(kind => new CoreKind(kind.Name, Cores(kind.Cpus!, cores), CpuList.Format(kind.Cpus!)))
            .ToList();
        return kinds.Count < 2 ? null : kinds;
    }

    private static IReadOnlyList<CoreKind>? Kinds(KernelFiles files, Dictionary<int, IReadOnlyList<int>?> cores, string strength)
    {
        var groups = new List<List<int>>();
        var last = double.PositiveInfinity;
        foreach (var (cpu, value) in cores.Keys.Select(cpu => (cpu, Value: Number(files.Text(CpuFile(cpu, strength)))))
            .OrderByDescending(cpu => cpu.Value ?? 0))
        {
            if (value is not > 0)
            {
                return null;
            }

            if (value * RatioOfKinds <= last)
            {
                groups.Add([]);
            }

            groups[^1].Add(cpu);
            last = value.Value;
        }

        return CpuTopology.Kinds([.. groups.Select(group => (Cores(group, cores), (IReadOnlyList<int>?)group))]);
    }

    // Threads of a core have the same siblings; where they are not told, each counts as a core.
    private static int Cores(IReadOnlyList<int> cpus, Dictionary<int, IReadOnlyList<int>?> cores) =>
        cpus.Select(cpu => cores.GetValueOrDefault(cpu)?[0] ?? cpu).Distinct().Count();

    private static IReadOnlyList<int>? Siblings(KernelFiles files, int cpu) =>
        CpuList.Parse(files.Text(CpuFile(cpu, "topology/core_cpus_list")) ?? files.Text(CpuFile(cpu, "topology/thread_siblings_list")));

    /// <summary>Caches that are shared count once: a processor can have one for every eight cores.</summary>
    private static long Caches(KernelFiles files, IReadOnlyList<int> cpus)
    {
        var caches = new Dictionary<(int Level, string Shared), long>();
        foreach (var cpu in cpus)
        {
            var folder = CpuFile(cpu, "cache");
            var last = files.Folders(folder, "index*")
                .Select(index => Path.Combine(folder, index))
                .Where(index => files.Text(Path.Combine(index, "type")) is not "Instruction")
                .Select(index => (
                    Level: (int)(Number(files.Text(Path.Combine(index, "level"))) ?? 0),
                    Shared: files.Text(Path.Combine(index, "shared_cpu_list")) ?? CpuFile(cpu, string.Empty),
                    Bytes: ParseCacheSize(files.Text(Path.Combine(index, "size")) ?? string.Empty)))
                .DefaultIfEmpty().MaxBy(cache => cache.Level);
            if (last.Bytes > 0)
            {
                caches[(last.Level, last.Shared)] = last.Bytes;
            }
        }

        return caches.Values.Sum();
    }

    private static string CpuFile(int cpu, string name) => string.Create(CultureInfo.InvariantCulture, $"{Cpus}/cpu{cpu}/{name}");

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
