namespace Bench.Benchmarks.Engines.Fetching;

/// <summary>A package that a client brought, or why it did not.</summary>
/// <param name="Source"><c>nuget</c> or <c>npm</c>.</param>
/// <param name="Kind">The part of the flavour's name that says which package it is.</param>
/// <param name="Name">The package's name.</param>
/// <param name="Providers">The execution providers in its library.</param>
/// <param name="NativeFolder">Where its native libraries for this platform lie.</param>
/// <param name="Notices">Its licences, which go along.</param>
internal sealed record FetchedPackage(
    string Source, string Kind, string Name, IReadOnlyList<string> Providers, string NativeFolder, IReadOnlyList<string> Notices)
{
    /// <summary>npm's package, NuGet's with CUDA and TensorRT, and NuGet's with the processor's provider alone.</summary>
    public const string Npm = "npm", NuGetGpu = "nuget-gpu", NuGet = "nuget";

    /// <summary>Which package has an execution provider.</summary>
    public static string KindOf(string provider) =>
        provider is "webgpu" or "directml" ? Npm : provider is "cuda" or "tensorrt" ? NuGetGpu : NuGet;

    /// <summary>Why there is no package; null if there is one.</summary>
    public string? Problem { get; init; }

    public static FetchedPackage Failed(string problem) =>
        new(string.Empty, string.Empty, string.Empty, [], string.Empty, []) { Problem = problem };
}
