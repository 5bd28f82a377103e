using Bench.Inference.NativeRuntimes;
using Bench.Inference.OnnxRuntime.Plugins;

namespace Bench.Benchmarks.Engines;

/// <summary>Libraries that the user named; every process of a run is told of them.</summary>
/// <param name="Ort">A library of ONNX Runtime that the user built; null if there is none.</param>
/// <param name="Plugins">Libraries with execution providers.</param>
internal sealed record EngineLibraries(string? Ort, IReadOnlyList<PluginLibrary> Plugins)
{
    /// <summary>None.</summary>
    public static readonly EngineLibraries None = new(null, []);

    /// <summary>The native libraries to choose from, these included.</summary>
    public RuntimeCatalogue Runtimes()
    {
        var found = RuntimeCatalogue.Find() with { Plugins = Plugins };
        return Ort is null ? found : found.With(Flavour.OfFile("onnxruntime", Ort));
    }

    /// <summary>Those that a run needs: others may come and go while it is stopped.</summary>
    /// <param name="backends">The backends of the run.</param>
    public EngineLibraries For(IReadOnlyList<string> backends) =>
        this with { Plugins = [.. Plugins.Where(library => backends.Contains(library.BackendId))] };

    /// <summary>As options of a command line.</summary>
    public IReadOnlyList<string> Arguments() =>
    [
        .. Ort is { } file ? new[] { "--ort-library", file } : [],
        .. Plugins.SelectMany(library => new[] { "--ep-library", library.ToString() }),
    ];
}
