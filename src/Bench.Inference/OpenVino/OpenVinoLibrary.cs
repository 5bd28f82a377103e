using System.Reflection;
using System.Runtime.InteropServices;
using Bench.Inference.NativeRuntimes;

namespace Bench.Inference.OpenVino;

/// <summary>Finds OpenVINO's C library where people install it, and makes the managed API use it. Names no type of that API,
/// which may not be here.</summary>
internal static class OpenVinoLibrary
{
    /// <summary>The managed API's assembly.</summary>
    public const string ApiAssembly = "OpenVINO_CSharp_API";

    private const string ImportName = "openvino_c";

    private static readonly EngineLibrary Library = new("OpenVINO");

    /// <summary>The places, in order, in which the library is looked for.</summary>
    public static IReadOnlyList<LibraryPlace> Places { get; } =
    [
        LibraryPlace.OfVariable("OPENVINO_LIB_PATHS", LibraryPlaces.Variable("OPENVINO_LIB_PATHS")),
        LibraryPlace.OfVariable("INTEL_OPENVINO_DIR", Archive(LibraryPlaces.Variable("INTEL_OPENVINO_DIR"))),
        new("openvino in Python's packages",
            [.. LibraryPlaces.PythonPackages("openvino").Select(package => Path.Combine(package, "libs")).Where(Directory.Exists)]),
        new("the library search path", LibraryPlaces.SearchPath),
        new("/opt/intel/openvino*", Archive(LibraryPlaces.Below("/opt/intel", "openvino*"))),
        new("/usr/lib", LibraryPlaces.Existing("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/local/lib")),
        new("NuGet's package OpenVINO.runtime", NuGetPackages()),
    ];

    private static string[] FileNames => OperatingSystem.IsWindows()
        ? ["openvino_c.dll"]
        : OperatingSystem.IsMacOS() ? ["libopenvino_c.dylib", "libopenvino_c.*.dylib"] : ["libopenvino_c.so", "libopenvino_c.so.*"];

    /// <returns>The place and the library's path, or null.</returns>
    public static (LibraryPlace Place, string Path)? Find(IReadOnlyList<LibraryPlace> places) => LibraryPlaces.Find(places, FileNames);

    /// <summary>The folders that the library's own dependencies lie in; Intel's archive keeps the thread library apart.</summary>
    public static IReadOnlyList<string> FoldersFor(string library)
    {
        var folder = Path.GetDirectoryName(library)!;
        var threads = Path.Combine(folder, "..", "..", "3rdparty", "tbb");
        return [folder, .. LibraryPlaces.Existing(
            Path.Combine(threads, "lib"), Path.Combine(threads, "bin"), Path.Combine(folder, "..", "..", "..", "3rdparty", "tbb", "bin"))];
    }

    /// <returns>The managed API, or null if this build has none.</returns>
    public static Assembly? Api()
    {
        try
        {
            return Assembly.Load(ApiAssembly);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Loads the library for the whole process.</summary>
    /// <exception cref="InferenceException">It cannot be loaded, or another one is loaded already.</exception>
    public static void Use(Assembly api, string path) =>
        Library.Use(path, handle => NativeLibrary.SetDllImportResolver(api, (name, _, _) => name == ImportName ? handle : 0));

    // The layout of Intel's archives.
    private static IReadOnlyList<string> Archive(IEnumerable<string> roots) =>
        [.. roots.SelectMany(root => LibraryPlaces.Existing(
            Path.Combine(root, "runtime", "lib", "intel64"),
            Path.Combine(root, "runtime", "lib", "intel64", "Release"),
            Path.Combine(root, "runtime", "lib", "arm64", "Release"),
            Path.Combine(root, "runtime", "bin", "intel64", "Release")))];

    private static IReadOnlyList<string> NuGetPackages()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return [.. LibraryPlaces.Below(packages, "openvino.runtime.*")
            .SelectMany(package => LibraryPlaces.Below(package))
            .SelectMany(version => LibraryPlaces.Below(Path.Combine(version, "runtimes")))
            .Select(platform => Path.Combine(platform, "native"))
            .Where(Directory.Exists)];
    }
}
