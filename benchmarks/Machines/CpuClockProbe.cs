using System.Globalization;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Machines;

/// <summary>Reads the processor's clock, and who chooses it.</summary>
/// <remarks>https://docs.kernel.org/admin-guide/pm/cpufreq.html. In a virtual machine there is usually the nominal clock only.</remarks>
internal static class CpuClockProbe
{
    private const string Cpus = "sys/devices/system/cpu";
    private const double KilohertzPerMegahertz = 1000;

    /// <param name="files">The kernel's files.</param>
    /// <param name="cpus">The logical processors whose clock is wanted.</param>
    /// <returns>Their clock now; null where it cannot be told.</returns>
    public static CpuClock? Read(KernelFiles files, IReadOnlyList<int> cpus)
    {
        var clocks = cpus.Select(cpu => Number(OfCpu(files, cpu, "scaling_cur_freq")) / KilohertzPerMegahertz)
            .Where(clock => clock > 0).OfType<double>().ToList();
        if (clocks.Count == 0)
        {
            clocks = [.. FromProcessorInfo(files, cpus)];
        }

        return clocks.Count == 0 ? null : new CpuClock(clocks.Average(), clocks.Min(), clocks.Max());
    }

    /// <returns>Who chooses the clock; several with commas if not all processors have the same.</returns>
    public static string? Governor(KernelFiles files, IReadOnlyList<int> cpus)
    {
        var names = cpus.Select(cpu => OfCpu(files, cpu, "scaling_governor")).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        return string.Join(", ", names) is { Length: > 0 } text ? text : null;
    }

    /// <returns>Whether the clock may exceed its nominal value.</returns>
    public static bool? Boost(KernelFiles files) =>
        (files.Text($"{Cpus}/cpufreq/boost"), files.Text($"{Cpus}/intel_pstate/no_turbo")) switch
        {
            ("1", _) or (null, "0") => true,
            ("0", _) or (null, "1") => false,
            _ => null,
        };

    private static string? OfCpu(KernelFiles files, int cpu, string name) =>
        files.Text(string.Create(CultureInfo.InvariantCulture, $"{Cpus}/cpu{cpu}/cpufreq/{name}"));

    // Blocks of "processor : 3" and, on x86, "cpu MHz : 2596.120".
    private static IEnumerable<double> FromProcessorInfo(KernelFiles files, IReadOnlyList<int> cpus)
    {
        var isWanted = false;
        foreach (var line in files.Lines("proc/cpuinfo"))
        {
            if (line.Split(':') is not [var name, var value])
            {
                continue;
            }

            if (name.Trim() == "processor")
            {
                isWanted = Number(value) is { } cpu && cpus.Contains((int)cpu);
            }
            else if (isWanted && name.Trim() == "cpu MHz" && Number(value) is { } clock and > 0)
            {
                yield return clock;
            }
        }
    }

    private static double? Number(string? text) =>
        double.TryParse(text?.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
