using System.Reflection;
using System.Text.Json;
using Bench.Inference.NativeRuntimes;

namespace Bench.Benchmarks.Engines.Fetching;

/// <summary>ONNX Runtime's native libraries as NuGet has them: the processor's provider for every platform,
/// CUDA and TensorRT for x64.</summary>
internal static class NuGetPackage
{
    /// <param name="version">The version.</param>
    /// <param name="kind"><see cref="FetchedPackage.NuGet"/> or <see cref="FetchedPackage.NuGetGpu"/>.</param>
    /// <param name="work">A folder to restore in; feeds are those that hold there.</param>
    /// <param name="cancellation">Stops the client.</param>
    public static FetchedPackage Fetch(string version, string kind, string work, CancellationToken cancellation)
    {
        var isGpu = kind == FetchedPackage.NuGetGpu;
        var name = isGpu
            ? $"Microsoft.ML.OnnxRuntime.Gpu.{(OperatingSystem.IsWindows() ? "Windows" : "Linux")}"
            : "Microsoft.ML.OnnxRuntime";
        // A project of its own: of the repository's settings only those of the feeds apply.
        File.WriteAllText(
            Path.Combine(work, "fetch.csproj"),
            $"""
            <Project>
              <PropertyGroup>
                <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
                <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
                <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageDownload Include="{name}" Version="[{version}]" /></ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """);
        if (PackageClient.Run(work, "dotnet", ["restore", "fetch.csproj"], cancellation) is { } problem)
        {
            return FetchedPackage.Failed($"NuGet: {problem}");
        }

        var package = Path.Combine(PackageFolder(work), name.ToLowerInvariant(), version);
        if (PinnedHash($"{name}@{version}") is { Length: > 0 } pinned && ContentHash(package) != pinned)
        {
            return FetchedPackage.Failed(
                $"NuGet: {name} {version} is not the package that Bench was built with: its content hash is another. "
                + "Find out why before you use it.");
        }

        return new FetchedPackage(
            "nuget",
            kind,
            name,
            isGpu ? ["cpu", "cuda", "tensorrt"] : ["cpu"],
            Path.Combine(package, "runtimes", RuntimeCatalogue.PlatformRid, "native"),
            [Path.Combine(package, "LICENSE"), Path.Combine(package, "ThirdPartyNotices.txt")]);
    }

    private static string? PinnedHash(string package) => typeof(NuGetPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == package)?.Value;

    private static string? ContentHash(string package)
    {
        using var metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(package, ".nupkg.metadata")));
        return metadata.RootElement.GetProperty("contentHash").GetString();
    }

    // The restore says where the packages are.
    private static string PackageFolder(string work)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(work, "obj", "project.assets.json")));
        return assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
    }
}
