using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
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

    /// <summary>What the program is made of: a hash over the identities that the compiler gave its own parts.</summary>
    public static string Build() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Parts
        .Select(part => $"{part.GetName().Name} {part.ManifestModule.ModuleVersionId}").Order(StringComparer.Ordinal)))));

    private static IEnumerable<Assembly> Parts =>
    [
        typeof(SoftwareProbe).Assembly, typeof(IBackend).Assembly, typeof(Models.Precision).Assembly,
        typeof(Analysis.Runs.RunManifest).Assembly, typeof(Arrays.Npy.NpyArray).Assembly,
    ];

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString() ?? "unknown";
}
