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
