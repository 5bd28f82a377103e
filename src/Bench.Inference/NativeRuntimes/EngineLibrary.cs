using System.Runtime.InteropServices;

namespace Bench.Inference.NativeRuntimes;

/// <summary>An engine's native library, loaded by path. A process can load one of each engine, and only one.</summary>
/// <param name="engine">What people call the engine, for messages.</param>
internal sealed class EngineLibrary(string engine)
{
    private readonly Lock _gate = new();
    private string? _loaded;

    /// <summary>Loads the library for the whole process, unless that was done.</summary>
    /// <param name="path">The library.</param>
    /// <param name="connect">Checks the library and makes the managed API use it; the library counts as loaded only
    /// if this succeeds.</param>
    /// <exception cref="InferenceException">It cannot be loaded, or another one is loaded already.</exception>
    public void Use(string path, Action<nint> connect)
    {
        lock (_gate)
        {
            if (_loaded == path)
            {
                return;
            }

            if (_loaded is not null)
            {
                throw new InferenceException($"This process has loaded {_loaded} and cannot load {path} too; use a process for each.");
            }

            connect(Load(path));
            _loaded = path;
        }
    }

    /// <summary>Checks that a library is the engine's.</summary>
    /// <param name="path">The library.</param>
    /// <param name="handle">The same, loaded.</param>
    /// <param name="expected">What was expected, and what to do.</param>
    /// <param name="exports">Names that it must have.</param>
    /// <exception cref="InferenceException">It lacks one of them.</exception>
    public void ThrowIfAnother(string path, nint handle, string expected, params string[] exports)
    {
        if (!Array.TrueForAll(exports, name => NativeLibrary.TryGetExport(handle, name, out _)))
        {
            throw new InferenceException($"{path} has no C API of {engine} ({string.Join(", ", exports)}). {expected}");
        }
    }

    private nint Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new InferenceException($"{engine}'s library {path} cannot be loaded: {NativeDependencies.Explain(path, e.Message)}", e);
        }
    }
}
