using System.Globalization;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines;

/// <summary>Measures, over a period, how often the processor lowered its clock for heat.</summary>
internal sealed class HeatMeter
{
    private readonly KernelFiles _files;
    private readonly IReadOnlyList<int> _cpus;
    private readonly long?[] _cores;
    private readonly long?[] _packages;

    private HeatMeter(KernelFiles files, IReadOnlyList<int> cpus)
    {
        _files = files;
        _cpus = cpus;
        _cores = Read("core");
        _packages = Read("package");
    }

    /// <param name="cpus">The logical processors that are watched.</param>
    public static HeatMeter Start(KernelFiles files, IReadOnlyList<int> cpus) => new(files, cpus);

    /// <returns>The difference since the start; null where nothing is counted.</returns>
    public CpuHeat? Stop()
    {
        var heat = new CpuHeat(Largest(_cores, Read("core")), Largest(_packages, Read("package")));
        return heat is (null, null) ? null : heat;
    }

    // Threads of a core, and cores of a package, tell the same events: the largest difference counts each once.
    private static long? Largest(long?[] start, long?[] end) => start.Zip(end, (before, after) => after - before).Max();

    private long?[] Read(string what) => [.. _cpus.Select(cpu => Read(cpu, what))];

    private long? Read(int cpu, string what)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"sys/devices/system/cpu/cpu{cpu}/thermal_throttle");
        var text = _files.Text(Path.Combine(folder, $"{what}_throttle_count"));
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }
}
