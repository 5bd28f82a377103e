using System.Text.Json;
using Bench.Inference.NativeRuntimes;

namespace Bench.Benchmarks.Engines.Fetching;

/// <summary>ONNX Runtime's native libraries that NuGet lacks: WebGPU, and DirectML for Windows.</summary>
internal static class NpmPackage
{
    private const string Name = "onnxruntime-node";
    private static readonly string[] LockedFiles = ["package.json", "package-lock.json", ".npmrc"];

    /// <param name="version">The version.</param>
    /// <param name="runtimes">The folder of fetched flavours; the lock file of the default version lies near it.</param>
    /// <param name="work">A folder to install in.</param>
    /// <param name="cancellation">Stops the client.</param>
    public static FetchedPackage Fetch(string version, string runtimes, string work, CancellationToken cancellation)
    {
        // The lock file pins the default version by its hash; of others the registry's word is taken.
        var locked = Path.GetFullPath(Path.Combine(runtimes, "..", "..", "npm"));
        string[] command = ["install", $"{Name}@{version}", "--no-save"];
        if (LockedVersion(locked) == version)
        {
            foreach (var file in LockedFiles.Where(file => File.Exists(Path.Combine(locked, file))))
            {
                File.Copy(Path.Combine(locked, file), Path.Combine(work, file), overwrite: true);
            }

            command = ["ci"];
        }
        else
        {
            File.WriteAllText(Path.Combine(work, "package.json"), "{ \"private\": true }");
        }

        // A script on Windows, which Windows itself starts.
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        if (PackageClient.Run(work, npm, [.. command, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cancellation)
            is { } problem)
        {
            return FetchedPackage.Failed($"npm: {problem}");
        }

        var package = Path.Combine(work, "node_modules", Name);
        var platform = RuntimeCatalogue.PlatformRid
            .Replace("win-", "win32/", StringComparison.Ordinal).Replace("osx-", "darwin/", StringComparison.Ordinal).Replace('-', '/');
        var bin = Directory.GetDirectories(Path.Combine(package, "bin")).OrderBy(folder => folder.Length)
            .ThenBy(folder => folder, StringComparer.Ordinal).LastOrDefault() ?? package;
        string[] providers = OperatingSystem.IsWindows() ? ["cpu", "directml", "webgpu"] : ["cpu", "webgpu"];
        return new FetchedPackage("npm", FetchedPackage.Npm, Name, providers, Path.Combine([bin, .. platform.Split('/')]), []);
    }

    /// <returns>The version that the lock file pins; null without one.</returns>
    private static string? LockedVersion(string folder)
    {
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "package-lock.json")));
            return file.RootElement.GetProperty("packages").GetProperty($"node_modules/{Name}").GetProperty("version").GetString();
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException)
        {
            return null;
        }
    }
}
