using System.Runtime.InteropServices;
using Bench.Inference.OnnxRuntime.Plugins;

namespace Bench.Inference.NativeRuntimes;

/// <summary>The native libraries that there are on this machine.</summary>
/// <param name="Folders">The folders that were searched.</param>
/// <param name="Flavours">What was found for this platform, newest first, but those that were fetched last.</param>
public sealed record RuntimeCatalogue(IReadOnlyList<string> Folders, IReadOnlyList<Flavour> Flavours)
{
    /// <summary>The variable that names a folder to search before all others.</summary>
    public const string FolderVariable = "BENCH_RUNTIMES";

    /// <summary>Libraries with execution providers that the user named.</summary>
    public IReadOnlyList<PluginLibrary> Plugins { get; init; } = [];

    /// <summary>Searches beside the program, then in the repository that the program lies in, where the build lays
    /// the libraries out.</summary>
    /// <returns>What was found.</returns>
    public static RuntimeCatalogue Find()
    {
        // Never a path that the build wrote down: a program that is moved must not load what it was built beside.
        var folders = new[]
        {
            Environment.GetEnvironmentVariable(FolderVariable), Path.Combine(AppContext.BaseDirectory, "runtimes"),
            InRepository(AppContext.BaseDirectory)
        }
            .OfType<string>().Where(folder => folder.Length > 0).Select(Path.TrimEndingDirectorySeparator).ToList();
        // A version that was fetched lies where the build cleans nothing away.
        var home = folders.FindLast(Directory.Exists) ?? folders[0];
        return Find([.. folders, Path.Combine(home, Flavour.FetchedFolder)], PlatformRid);
    }

    /// <summary>This platform as .NET names it, for example <c>linux-x64</c>.</summary>
    public static string PlatformRid => (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The folder that a version fetched later is laid out in.</summary>
    public string FetchFolder => Folders[^1];

    /// <summary>Chooses what a backend loads.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="provider">The execution provider that it must hold.</param>
    /// <param name="version">The version that was asked for, or <see cref="Flavour.Local"/>; null for the default
    /// version, laid out by the build or else fetched.</param>
    /// <param name="defaultVersion">The version of all rows of which none was asked for.</param>
    /// <returns>The flavour, or null if there is none.</returns>
    public Flavour? Choose(string engine, string provider, string? version, Version defaultVersion) =>
        Flavours.FirstOrDefault(flavour => flavour.Engine == engine
            && (version == Flavour.Local
                ? flavour.IsLocal
                : !flavour.IsLocal && flavour.Providers.Contains(provider)
                    && (version is null
                        ? flavour.Version == defaultVersion
                        : flavour.Version.ToString() == version)));

    /// <summary>Adds the user's own build of an engine.</summary>
    /// <param name="flavour">The build.</param>
    /// <returns>A catalogue with it.</returns>
    public RuntimeCatalogue With(Flavour flavour) => this with { Flavours = [.. Flavours, flavour] };

    /// <returns>Where the build of the repository around a folder lays libraries out; null if it lies in none.</returns>
    internal static string? InRepository(string folder) =>
        Checkout.Around(folder) is { } root ? Path.Combine(root, "src", "Bench.OnnxRuntime", "runtimes") : null;

    internal static RuntimeCatalogue Find(IReadOnlyList<string> folders, string rid)
    {
        var flavours = folders
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .Select(Flavour.Read)
            .OfType<Flavour>()
            .Where(flavour => flavour.Rid == rid && File.Exists(flavour.LibraryPath))
            .DistinctBy(flavour => flavour.Name)
            .OrderBy(flavour => flavour.IsFetched)
            .ThenByDescending(flavour => flavour.Version)
            // The plainest build first: the processor's provider is in all of them.
            .ThenBy(flavour => flavour.Providers.Count)
            .ThenBy(flavour => flavour.Name, StringComparer.Ordinal);
        return new RuntimeCatalogue(folders, [.. flavours]);
    }
}
