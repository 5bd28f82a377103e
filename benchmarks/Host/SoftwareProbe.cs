using System.Reflection;
using System.Runtime.InteropServices;
using Bench.Inference;
using BenchmarkDotNet.Running;

namespace Bench.Benchmarks.Host;

/// <summary>The versions of what the figures depend on, the engines apart.</summary>
internal static class SoftwareProbe
{
    public static IReadOnlyDictionary<string, string> Read() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
        ["Bench"] = Version(typeof(SoftwareProbe).Assembly),
        ["BenchmarkDotNet"] = Version(typeof(BenchmarkRunner).Assembly),
        [BackendCatalogue.ManagedApi.GetName().Name!] = Version(BackendCatalogue.ManagedApi),
    };

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString() ?? "unknown";
}
