using System.Reflection;
using System.Runtime.InteropServices;
using Bench.Inference.NativeRuntimes;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>Loads ONNX Runtime's native library by path. A process can load one, and only one.</summary>
internal static class OrtLibrary
{
    // In the order in which they need each other.
    private static readonly string[] WindowsCompanions = ["dxil.dll", "dxcompiler.dll", "DirectML.dll"];

    private static readonly EngineLibrary Library = new("ONNX Runtime");

    /// <summary>The version of the managed API, which is the version of all default rows. It calls native libraries of its own minor
    /// version and newer ones.</summary>
    public static Version ManagedVersion { get; } = Version.Parse(
        typeof(OrtEnv).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', '-')[0]);

    /// <summary>What the loaded library says that it is; null if none is loaded.</summary>
    public static string? LoadedVersion { get; private set; }

    /// <summary>Whether the managed API can call a native library. The C API has a version for each minor version of ONNX Runtime,
    /// so patches do not matter.</summary>
    public static bool CanCall(Version native) => (native.Major, native.Minor).CompareTo((ManagedVersion.Major, ManagedVersion.Minor)) >= 0;

    /// <summary>Why a native library cannot be used.</summary>
    public static string TooOld(Version version) =>
        $"ONNX Runtime {version} is older than the managed API {ManagedVersion}, "
        + "which calls native libraries of its own minor version or newer; "
        + $"choose {ManagedVersion.ToString(2)} or newer, or check out a Bench that was built with an older one.";

    /// <summary>Makes the managed API use a flavour's library.</summary>
    /// <exception cref="InferenceException">The library cannot be loaded, is not the one that it should be, or another one is
    /// loaded already.</exception>
    public static void Use(Flavour flavour)
    {
        LoadCompanions(flavour.Folder);
        Library.Use(flavour.LibraryPath, handle => Connect(flavour, handle));
    }

    private static void Connect(Flavour flavour, nint handle)
    {
        var text = OrtApiBase.VersionOf(handle)
            ?? throw new InferenceException($"{flavour.LibraryPath} is not ONNX Runtime: it has no OrtGetApiBase. "
                + "Expected libonnxruntime.so, onnxruntime.dll or libonnxruntime.dylib.");
        if (!flavour.IsLocal && text != flavour.Version.ToString())
        {
            throw new InferenceException($"{flavour.LibraryPath} says that it is ONNX Runtime {text}; "
                + $"its flavour.json says {flavour.Version}. Delete the folder and build again.");
        }

        // The managed API would only say that it met a null pointer.
        if (Version.TryParse(text.Split('-', '+')[0], out var version) && !CanCall(version))
        {
            throw new InferenceException(TooOld(version));
        }

        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(
            typeof(OrtEnv).Assembly, (name, _, _) => name.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase) ? handle : 0);
        LoadedVersion = text;
    }

    /// <summary>
    /// ONNX Runtime asks Windows for these by name alone, when it first needs them, and would get the system's own, older DirectML. Of a
    /// library that is loaded already Windows takes no other of the same name. What cannot be loaded is missed when it is needed.
    /// </summary>
    private static void LoadCompanions(string folder)
    {
        foreach (var name in OperatingSystem.IsWindows() ? WindowsCompanions : [])
        {
            _ = NativeLibrary.TryLoad(Path.Combine(folder, name), out _);
        }
    }
}
