using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Portability;
using Perfolizer.Models;

namespace Bench.Benchmarks.Machines;

/// <summary>What must be kept from BenchmarkDotNet for it to run under Wine, where the Windows code is tested.</summary>
internal static class WineWorkarounds
{
    /// <summary>
    /// BenchmarkDotNet asks Windows' management service for the processor and the hypervisor. Under Wine that ends in a failed type
    /// initialiser, and the handling of such an exception overflows Wine's stack. There is nothing to be learnt from it there anyway.
    /// </summary>
    public static void Apply()
    {
        if (CompatibilityLayer.Name?.StartsWith("Wine", StringComparison.Ordinal) != true)
        {
            return;
        }

        var host = HostEnvironmentInfo.GetCurrent();
        Set(nameof(HostEnvironmentInfo.Cpu), new Lazy<CpuInfo>(() => null!));
        Set(nameof(HostEnvironmentInfo.VirtualMachineHypervisor), new Lazy<VirtualMachineHypervisor>(() => null!));

        // The setters are for BenchmarkDotNet's own tests.
        void Set(string property, object value) => typeof(HostEnvironmentInfo).GetProperty(property)!.SetValue(host, value);
    }
}
