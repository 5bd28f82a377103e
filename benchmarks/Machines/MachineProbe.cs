using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines.Gpus;
using Bench.Benchmarks.Machines.Topology;
using BenchmarkDotNet.Environments;
using Perfolizer.Models;

namespace Bench.Benchmarks.Machines;

/// <summary>Finds out what machine this is.</summary>
internal static class MachineProbe
{
    private const long FallbackCacheBytes = 64L << 20;

    /// <summary>The platform part of cell ids, for example <c>linux-x64</c>.</summary>
    public static string Platform => $"{Os}-{Architecture}";

    private static string Os => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux";

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    public static MachineFacts Read()
    {
        var host = HostEnvironmentInfo.GetCurrent();
        var topology = CpuTopology.Read();
        var cpus = ProcessProbe.AllowedCpus(KernelFiles.Here) ?? [];
        return new MachineFacts
        {
            Name = SafeName(Environment.MachineName),
            Os = Os,
            OsVersion = OsVersion(host.Os.Value),
            Architecture = Architecture,
            Cpu = host.Cpu.Value?.ProcessorName?.Trim() is { Length: > 0 } name ? name : "unknown processor",
            PhysicalCores = host.Cpu.Value?.PhysicalCoreCount,
            LogicalCores = Math.Max(host.Cpu.Value?.LogicalCoreCount ?? 0, Environment.ProcessorCount),
            CpuQuota = CpuQuota.Read(),
            CoreKinds = topology.CoreKinds,
            ThreadsPerCore = topology.ThreadsPerCore,
            LastLevelCacheBytes = topology.LastLevelCacheBytes,
            CpuGovernor = CpuClockProbe.Governor(KernelFiles.Here, cpus),
            CpuBoost = CpuClockProbe.Boost(KernelFiles.Here),
            Integer8Instructions = ProcessorFeatures.Here.Integer8,
            MemoryBytes = ReadMemory(),
            Gpus = GpuProbe.Read(),
            CompatibilityLayer = CompatibilityLayer.Name,
            Virtualisation = host.VirtualMachineHypervisor.Value?.Name ?? ReadHypervisor(),
        };
    }

    // Without "Linux" in front of a distribution, as in older runs, which are compared with this one.
    private static string OsVersion(OsInfo os) => os.Name == "Linux" ? $"{os.Version}" : $"{os.Name} {os.Version}".Trim();

    /// <summary>All caches of the last level that this process may use; 64 MiB where it cannot be told.</summary>
    public static long LastLevelCacheBytes() => CpuTopology.Read().LastLevelCacheBytes ?? FallbackCacheBytes;

    internal static string SafeName(string name)
    {
        var safe = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        return safe.Length == 0 ? "machine" : safe[..Math.Min(safe.Length, 32)];
    }

    /// <summary>The machine's memory; where only the runtime can be asked, what a container lets it use.</summary>
    private static long ReadMemory()
    {
        var line = KernelFiles.Here.Lines("proc/meminfo").FirstOrDefault(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
        var fields = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return fields.Length == 3 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes * 1024
            : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    }

    private static string? ReadHypervisor()
    {
        var answer = OperatingSystem.IsLinux() ? Command("systemd-detect-virt", "--vm")?.Trim() : null;
        if (answer is not (null or "" or "none"))
        {
            return answer;
        }

        return KernelFiles.Here.Lines("proc/cpuinfo")
            .Any(line => line.StartsWith("flags", StringComparison.Ordinal) && line.Contains(" hypervisor", StringComparison.Ordinal))
                ? "hypervisor flag"
                : null;
    }

    /// <returns>What the command printed; null if it is not there or failed.</returns>
    internal static string? Command(string name, string arguments, string? folder = null)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(name, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder ?? string.Empty,
            });
            var output = process!.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return process.ExitCode == 0 ? output.Result : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
