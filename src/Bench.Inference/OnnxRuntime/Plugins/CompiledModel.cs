using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Plugins;

/// <summary>A network that a provider compiled ahead, as a model with nodes of type EPContext: made once, before anything is timed, and
/// kept. Providers that cannot do that load the network as it is.</summary>
/// <remarks>https://onnxruntime.ai/docs/execution-providers/EP-Context-Design.html.</remarks>
internal sealed class CompiledModel
{
    private const string ModelFile = "compiled.onnx";

    private readonly EngineCache _cache;

    /// <param name="root">The folder for all of them.</param>
    /// <param name="key">Library, runtime, network, device, options: what is compiled is good for exactly these.</param>
    /// <param name="build">The number of the build, from 1.</param>
    public CompiledModel(string root, IReadOnlyList<string> key, int build) => _cache = new EngineCache(root, key, build);

    /// <summary>Where it lies; null if there is none.</summary>
    public string? Path =>
        System.IO.Path.Combine(_cache.Folder, ModelFile) is var path && _cache.IsBuilt && File.Exists(path) ? path : null;

    /// <summary>SHA-256 of what was compiled, in lower-case hex; null if nothing was.</summary>
    public string? Sha256 => Path is null ? null : _cache.Sha256("compiled*");

    /// <summary>Compiles the network, unless that was done.</summary>
    /// <param name="source">The network's file.</param>
    /// <param name="options">The session's options, which are disposed of.</param>
    /// <returns>How long it took, now or when it was made; null if the provider does not compile ahead.</returns>
    public TimeSpan? Build(string source, Func<SessionOptions> options)
    {
        try
        {
            return _cache.Build(() => Compile(source, options));
        }
        catch (OnnxRuntimeException)
        {
            // It may be that the provider cannot do it, or that a device was busy: nothing is kept, and the network is loaded as it is.
            return null;
        }
    }

    private void Compile(string source, Func<SessionOptions> options)
    {
        using var session = options();
        using var compilation = new OrtModelCompilationOptions(session);
        compilation.SetInputModelPath(source);
        compilation.SetOutputModelPath(System.IO.Path.Combine(_cache.Folder, ModelFile));
        compilation.SetEpContextEmbedMode(false);
        compilation.SetGraphOptimizationLevel(session.GraphOptimizationLevel);
        compilation.SetFlags(OrtCompileApiFlags.ERROR_IF_NO_NODES_COMPILED | OrtCompileApiFlags.ERROR_IF_OUTPUT_FILE_EXISTS);
        compilation.CompileModel();
    }
}
