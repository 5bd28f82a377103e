using System.Runtime.InteropServices;
using Bench.Inference.NativeRuntimes;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>Loads ONNX Runtime's native library by path. A process can load one, and only one.</summary>
internal static class OrtLibrary
{
    private static readonly Lock Gate = new();
    private static Flavour? _loaded;

    /// <summary>Makes the managed API use a flavour's library.</summary>
    /// <exception cref="InferenceException">The library cannot be loaded, or another one is loaded already.</exception>
    public static void Use(Flavour flavour)
    {
        lock (Gate)
        {
            if (_loaded is not null)
            {
                if (_loaded.LibraryPath == flavour.LibraryPath)
                {
                    return;
                }

                throw new InferenceException(
                    $"This process has loaded {_loaded.LibraryPath} and cannot load {flavour.LibraryPath} too; use a process for each.");
            }

            nint handle;
            try
            {
                handle = NativeLibrary.Load(flavour.LibraryPath);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                throw new InferenceException($"ONNX Runtime's library {flavour.LibraryPath} cannot be loaded: {e.Message}", e);
            }

            OrtEnv.DisableDllImportResolver = true;
            NativeLibrary.SetDllImportResolver(
                typeof(OrtEnv).Assembly, (name, _, _) => name.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase) ? handle : 0);
            _loaded = flavour;
            var version = OrtEnv.Instance().GetVersionString();
            if (version != flavour.Version.ToString())
            {
                throw new InferenceException($"{flavour.LibraryPath} says that it is ONNX Runtime {version}; its flavour.json says {flavour.Version}. Delete the folder and build again.");
            }
        }
    }
}
