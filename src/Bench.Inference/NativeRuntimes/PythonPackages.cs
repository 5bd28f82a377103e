namespace Bench.Inference.NativeRuntimes;

/// <summary>Looks for what pip installs.</summary>
internal static class PythonPackages
{
    // The one of the system comes last, as it does in Python's own search.
    private static readonly string[] OfTheSystem = ["/usr/local", "/usr"];

    /// <summary>The folder of a package in every Python that is found: first those that are active, then the user's own, those on the
    /// search path for programs, and those in the usual places.</summary>
    /// <param name="package">The package, as it is imported.</param>
    public static IReadOnlyList<string> Find(string package) =>
        Find(package, Environment.GetEnvironmentVariable("PATH") ?? string.Empty);

    /// <param name="package">The package.</param>
    /// <param name="path">The search path for programs.</param>
    internal static IReadOnlyList<string> Find(string package, string path) =>
        [.. Roots(path).SelectMany(SitePackages).Select(site => Path.Combine(site, package)).Where(Directory.Exists).Distinct()];

    private static IEnumerable<string> SitePackages(string root)
    {
        foreach (var library in LibraryPlaces.Existing(Path.Combine(root, "lib"), Path.Combine(root, "lib64")))
        {
            foreach (var python in LibraryPlaces.Below(library, "python3*"))
            {
                yield return Path.Combine(python, "site-packages");
                yield return Path.Combine(python, "dist-packages");
            }
        }

        // Windows.
        yield return Path.Combine(root, "Lib", "site-packages");
    }

    private static IEnumerable<string> Roots(string path)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var programs = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Programs", "Python");
        return
        [
            .. LibraryPlaces.Variable("VIRTUAL_ENV"),
            .. LibraryPlaces.Variable("CONDA_PREFIX"),
            Path.Combine(home, ".local"),
            .. path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(RootOf).OfType<string>().Except(OfTheSystem),
            .. LibraryPlaces.Below(Path.Combine(home, ".pyenv", "versions")),
            .. LibraryPlaces.Below(programs),
            .. OfTheSystem,
        ];
    }

    /// <summary>The root of a Python of which the program lies in a folder of the search path; null if none does.</summary>
    private static string? RootOf(string folder) =>
        File.Exists(Path.Combine(folder, "python.exe")) ? folder
        : File.Exists(Path.Combine(folder, "python3")) ? Path.GetDirectoryName(folder.TrimEnd('/'))
        : null;
}
