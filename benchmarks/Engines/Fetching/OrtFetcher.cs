using Bench.Benchmarks.Processes;
using Bench.Inference.NativeRuntimes;

namespace Bench.Benchmarks.Engines.Fetching;

/// <summary>
/// Fetches a library of ONNX Runtime that is not here, through the ordinary clients of NuGet and npm, into a flavour of its own: another
/// version, or a provider that somebody asked for.
/// </summary>
internal static class OrtFetcher
{
    private const string Engine = "onnxruntime";
    private static readonly string[] LibraryNames = ["onnxruntime.dll", "libonnxruntime.so", "libonnxruntime.so.1", "libonnxruntime.dylib",
        "libonnxruntime.1.dylib"];
    private static readonly string[] Endings = [".so", ".dll", ".dylib"];

    private static readonly Dictionary<(string Version, string Kind), string> Problems = [];

    /// <param name="version">The version, for example <c>1.31.0</c>.</param>
    /// <param name="provider">The execution provider that is wanted.</param>
    /// <param name="runtimes">Where flavours lie.</param>
    /// <param name="cancellation">Stops the clients.</param>
    /// <returns>Why it cannot be had; null if it is there now.</returns>
    public static string? Fetch(string version, string provider, RuntimeCatalogue runtimes, CancellationToken cancellation)
    {
        // One package has CUDA and TensorRT, another WebGPU and DirectML: what could not be had for the one is not asked for again.
        var kind = FetchedPackage.KindOf(provider);
        var problem = Problems.GetValueOrDefault((version, kind)) ?? TryFetch(version, kind, runtimes.FetchFolder, cancellation);
        if (problem is null)
        {
            return null;
        }

        Problems[(version, kind)] = problem;
        return $"ONNX Runtime {version} with the {provider} provider is not here and cannot be fetched. {problem}";
    }

    private static string? TryFetch(string version, string kind, string runtimes, CancellationToken cancellation)
    {
        // Below the flavours, so that a repository's own NuGet.config is heeded.
        var work = new DirectoryInfo(Path.Combine(runtimes, $".work-{Environment.ProcessId}-{version}-{kind}"));
        try
        {
            work.Create();
            var found = kind == FetchedPackage.Npm
                ? NpmPackage.Fetch(version, runtimes, work.FullName, cancellation)
                : NuGetPackage.Fetch(version, kind, work.FullName, cancellation);
            return found.Problem is not null || TryLayOut(found, version, runtimes)
                ? found.Problem
                : $"{found.Name} has no native library for {RuntimeCatalogue.PlatformRid}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
        finally
        {
            TemporaryFiles.TryDelete(work);
        }
    }

    /// <returns>Whether the package has a library for this platform.</returns>
    private static bool TryLayOut(FetchedPackage package, string version, string runtimes)
    {
        if (!Directory.Exists(package.NativeFolder)
            || Directory.GetFiles(package.NativeFolder).Select(Path.GetFileName).FirstOrDefault(LibraryNames.Contains) is not { } library)
        {
            return false;
        }

        var folder = Path.Combine(runtimes, $"{Engine}-{version}-{package.Kind}-{RuntimeCatalogue.PlatformRid}");
        var partial = $"{folder}.{Environment.ProcessId}.partial";
        Directory.CreateDirectory(partial);
        foreach (var file in Directory.GetFiles(package.NativeFolder).Where(IsLibrary).Concat(package.Notices.Where(File.Exists)))
        {
            File.Copy(file, Path.Combine(partial, Path.GetFileName(file)), overwrite: true);
        }

        new Flavour(Engine, Version.Parse(version), package.Source, $"{package.Name}@{version}", RuntimeCatalogue.PlatformRid, library,
            package.Providers)
        {
            Folder = partial,
        }.Write();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(partial, folder);
        return true;
    }

    private static bool IsLibrary(string path) =>
        Path.GetFileName(path) is var name && Endings.Any(ending => name.Contains(ending, StringComparison.Ordinal));
}
