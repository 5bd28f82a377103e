using System.Reflection;
using System.Runtime.InteropServices;

namespace Bench.Inference.NativeRuntimes;

/// <summary>The native libraries that there are on this machine.</summary>
/// <param name="Folders">The folders that were searched.</param>
/// <param name="Flavours">What was found for this platform, newest first.</param>
public sealed record RuntimeCatalogue(IReadOnlyList<string> Folders, IReadOnlyList<Flavour> Flavours)
{
    /// <summary>The variable that names a folder to search before all others.</summary>
    public const string FolderVariable = "BENCH_RUNTIMES";

    /// <summary>Searches beside the program, then where the build laid the libraries out.</summary>
    /// <returns>What was found.</returns>
    public static RuntimeCatalogue Find()
    {
        var built = typeof(RuntimeCatalogue).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == "BenchRuntimesFolder")?.Value;
        var folders = new[] { Environment.GetEnvironmentVariable(FolderVariable), Path.Combine(AppContext.BaseDirectory, "runtimes"), built };
        return Find([.. folders.OfType<string>().Where(folder => folder.Length > 0)], PlatformRid);
    }

    /// <summary>This platform as .NET names it, for example <c>linux-x64</c>.</summary>
    public static string PlatformRid => (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    internal static RuntimeCatalogue Find(IReadOnlyList<string> folders, string rid)
    {
        var flavours = folders
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .Select(Flavour.Read)
            .OfType<Flavour>()
            .Where(flavour => flavour.Rid == rid && File.Exists(flavour.LibraryPath))
            .DistinctBy(flavour => flavour.Name)
            .OrderByDescending(flavour => flavour.Version)
            .ThenBy(flavour => flavour.Name.Length)
            .ThenBy(flavour => flavour.Name, StringComparer.Ordinal);
        return new RuntimeCatalogue(folders, [.. flavours]);
    }
}
