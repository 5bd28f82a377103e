using Bench.Inference.NativeRuntimes;
using Bench.Inference.OpenVino.Native;

namespace Bench.Inference.OpenVino;

/// <summary>Finds OpenVINO's C library where people install it, and loads it.</summary>
internal static class OpenVinoLibrary
{
    private static readonly EngineLibrary Library = new("OpenVINO");

    /// <summary>The places, in order, in which the library is looked for.</summary>
    public static IReadOnlyList<LibraryPlace> Places { get; } =
    [
        LibraryPlace.OfVariable("OPENVINO_LIB_PATHS", LibraryPlaces.Variable("OPENVINO_LIB_PATHS")),
        LibraryPlace.OfVariable("INTEL_OPENVINO_DIR", Archive(LibraryPlaces.Variable("INTEL_OPENVINO_DIR"))),
        new("openvino in Python's packages",
            [.. PythonPackages.Find("openvino").Select(package => Path.Combine(package, "libs")).Where(Directory.Exists)]),
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

    /// <summary>Loads the library for the whole process.</summary>
    /// <exception cref="InferenceException">It cannot be loaded, is another one, or one is loaded already.</exception>
    public static void Use(string path) => Library.Use(path, handle =>
    {
        Check(path, handle);
        ImportedLibraries.Connect(OpenVinoApi.Library, handle);
        OpenVinoWay.Chosen.Connect(path, handle);
    });

    /// <exception cref="InferenceException">The library is not OpenVINO's, or one that does not tell reasons.</exception>
    internal static void Check(string path, nint handle) => Library.ThrowIfAnother(
        path, handle, "Expected openvino_c of 2024 to 2026; name its folder with OPENVINO_LIB_PATHS.",
        "ov_core_create", "ov_get_last_err_msg");

    // The layout of Intel's archives.
    private static IReadOnlyList<string> Archive(IEnumerable<string> roots) =>
        [.. roots.SelectMany(root => LibraryPlaces.Existing(
            Path.Combine(root, "runtime", "lib", "intel64"),
            Path.Combine(root, "runtime", "lib", "intel64", "Release"),
            Path.Combine(root, "runtime", "lib", "aarch64"),
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
