using Bench.Inference.NativeRuntimes;

namespace Bench.Inference.Tests;

/// <summary>The libraries that these tests use. They share a process, which loads one library of ONNX Runtime and no second one.</summary>
internal static class TestRuntimes
{
    // Looked for once: tests of another project fetch a library meanwhile, and a process that has loaded one cannot take the other.
    private static readonly Lazy<RuntimeCatalogue> Found = new(Look);

    /// <returns>The one with WebGPU for all providers that it has, where it is here; otherwise what the build laid out.</returns>
    public static RuntimeCatalogue Find() => Found.Value;

    private static RuntimeCatalogue Look()
    {
        var all = RuntimeCatalogue.Find();
        var withWebGpu = all.Flavours.FirstOrDefault(flavour => flavour.Providers.Contains("webgpu"));
        return withWebGpu is null ? all : all with { Flavours = [withWebGpu, .. all.Flavours.Where(flavour => flavour != withWebGpu)] };
    }
}
