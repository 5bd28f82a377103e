using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Bench.Inference.NativeRuntimes;

namespace Bench.Benchmarks.Engines;

/// <summary>Fetches another version of ONNX Runtime, through the ordinary clients of NuGet and npm, into a flavour of its own.</summary>
internal static partial class OrtFetcher
{
    private const string Engine = "onnxruntime";
    private static readonly string[] LibraryEndings = [".so", ".dll", ".dylib"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="version">The version, for example <c>1.29.0</c>.</param>
    /// <param name="provider">The execution provider that is wanted.</param>
    /// <param name="runtimes">Where flavours lie.</param>
    /// <param name="cancellation">Stops the clients.</param>
    /// <returns>Why it cannot be had; null if it is there now.</returns>
    public static string? Fetch(string version, string provider, RuntimeCatalogue runtimes, CancellationToken cancellation)
    {
        // First where the flavours that are here came from.
        var preferNpm = runtimes.Flavours is not [{ Source: "nuget" }, ..];
        IEnumerable<(string Name, Func<string, string, string, string, CancellationToken, string?> Fetch)> ways = [("npm", FromNpm), ("NuGet", FromNuGet)];
        var problems = new List<string>();
        foreach (var way in preferNpm ? ways : ways.Reverse())
        {
            var work = Directory.CreateTempSubdirectory("bench-fetch-");
            try
            {
                var problem = way.Fetch(version, provider, runtimes.FetchFolder, work.FullName, cancellation);
                if (problem is null)
                {
                    return null;
                }

                problems.Add($"{way.Name}: {problem}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{way.Name}: {e.Message}");
            }
            finally
            {
                TemporaryFiles.TryDelete(work);
            }
        }

        return $"ONNX Runtime {version} with the {provider} provider is not here and cannot be fetched. {string.Join(" ", problems)}";
    }

    private static string? FromNpm(string version, string provider, string runtimes, string work, CancellationToken cancellation)
    {
        var package = $"onnxruntime-node@{version}";
        var providers = OperatingSystem.IsWindows() ? new[] { "cpu", "directml", "webgpu" } : ["cpu", "webgpu"];
        if (!providers.Contains(provider))
        {
            return $"onnxruntime-node has no {provider} provider.";
        }

        File.WriteAllText(Path.Combine(work, "package.json"), "{ \"private\": true }");
        // A script on Windows, which Windows itself starts.
        var problem = Run(
            work, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["install", package, "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"], cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var platform = RuntimeCatalogue.PlatformRid.Replace("win-", "win32/", StringComparison.Ordinal).Replace("osx-", "darwin/", StringComparison.Ordinal).Replace('-', '/');
        var bin = Directory.GetDirectories(Path.Combine(work, "node_modules", "onnxruntime-node", "bin")).Order(StringComparer.Ordinal).LastOrDefault();
        return LayOut(bin is null ? null : Path.Combine([bin, .. platform.Split('/')]), version, "npm", package, providers, runtimes);
    }

    private static string? FromNuGet(string version, string provider, string runtimes, string work, CancellationToken cancellation)
    {
        var system = OperatingSystem.IsWindows() ? "Windows" : "Linux";
        var package = provider switch
        {
            "cpu" => "Microsoft.ML.OnnxRuntime",
            "cuda" or "tensorrt" => $"Microsoft.ML.OnnxRuntime.Gpu.{system}",
            _ => null,
        };
        if (package is null)
        {
            // DirectML.dll itself is another package, of a version that only the first one's metadata tell.
            return $"no package has all of the {provider} provider.";
        }

        // A project of its own, outside the repository: none of the repository's settings apply.
        File.WriteAllText(
            Path.Combine(work, "fetch.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><RestorePackagesPath>packages</RestorePackagesPath></PropertyGroup>
              <ItemGroup><PackageDownload Include="{package}" Version="[{version}]" /></ItemGroup>
            </Project>
            """);
        var problem = Run(work, "dotnet", ["restore", "fetch.csproj"], cancellation);
        if (problem is not null)
        {
            return problem;
        }

        string[] providers = provider is "cuda" or "tensorrt" ? ["cpu", "cuda", "tensorrt"] : ["cpu"];
        var native = Path.Combine(work, "packages", package.ToLowerInvariant(), version, "runtimes", RuntimeCatalogue.PlatformRid, "native");
        return LayOut(native, version, "nuget", $"{package}@{version}", providers, runtimes);
    }

    private static string? LayOut(string? source, string version, string kind, string package, string[] providers, string runtimes)
    {
        var library = source is null || !Directory.Exists(source)
            ? null
            : Directory.GetFiles(source).Select(Path.GetFileName).FirstOrDefault(name => name is "onnxruntime.dll" or "libonnxruntime.so" or "libonnxruntime.so.1" or "libonnxruntime.dylib" or "libonnxruntime.1.dylib");
        if (library is null)
        {
            return $"{package} has no native library for {RuntimeCatalogue.PlatformRid}.";
        }

        var variant = kind == "nuget" && providers.Length > 1 ? $"{kind}-{providers[^1]}" : kind;
        var folder = Path.Combine(runtimes, $"{Engine}-{version}-{variant}-{RuntimeCatalogue.PlatformRid}");
        var partial = $"{folder}.{Environment.ProcessId}.partial";
        Directory.CreateDirectory(partial);
        foreach (var file in Directory.GetFiles(source!).Where(file => Path.GetFileName(file) is var name && LibraryEndings.Any(ending => name.Contains(ending, StringComparison.Ordinal))))
        {
            File.Copy(file, Path.Combine(partial, Path.GetFileName(file)));
        }

        var flavour = new Flavour(Engine, Version.Parse(version), kind, package, RuntimeCatalogue.PlatformRid, library, providers) { Folder = partial };
        flavour.Write();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.Move(partial, folder);
        return null;
    }

    /// <returns>What the command said against it; null if it succeeded.</returns>
    private static string? Run(string folder, string command, string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command, arguments) { WorkingDirectory = folder };
        // Otherwise the compiler's helpers stay, and hold the pipes.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        try
        {
            return ChildProcess.Run(start, Patience, cancellation) switch
            {
                null => $"{command} did not end within {Patience.TotalMinutes:0} minutes.",
                { ExitCode: 0 } => null,
                var ending => FirstFault($"{ending.Error}\n{ending.Output}".Replace(folder + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal)) ?? $"{command} ended with exit code {ending.ExitCode}.",
            };
        }
        catch (Win32Exception e)
        {
            return $"{command} cannot be started ({e.Message}).";
        }
    }

    private static string? FirstFault(string text) => text.Split('\n', StringSplitOptions.TrimEntries)
        .FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase) && !line.Contains("code", StringComparison.Ordinal))?.TrimEnd('.') is { } line
            // Registries' addresses can have a password in them, and are nobody's business.
            ? Address().Replace(line, "the registry") + "."
            : null;

    [GeneratedRegex(@"https?://\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
