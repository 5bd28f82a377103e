using Bench.Inference.NativeRuntimes;

namespace Bench.Inference.TensorFlow;

/// <summary>Finds libtensorflow where people install it, and loads it.</summary>
internal static class TensorFlowLibrary
{
    private const string FolderVariable = "TENSORFLOW_LIB_DIR";

    private static readonly EngineLibrary Library = new("TensorFlow");

    /// <summary>The places, in order, in which libtensorflow is looked for.</summary>
    public static IReadOnlyList<LibraryPlace> Places { get; } =
    [
        LibraryPlace.OfVariable(FolderVariable, LibraryPlaces.Variable(FolderVariable)),
        new("tensorflow in Python's packages", PythonPackages.Find("tensorflow")),
        new("the library search path", LibraryPlaces.SearchPath),
        new("/usr/local/lib, /usr/lib and /opt/tensorflow/lib",
            LibraryPlaces.Existing("/usr/local/lib", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/opt/tensorflow/lib")),
    ];

    // libtensorflow_cc is what Python's package calls the library with the same C API.
    private static string[] FileNames => OperatingSystem.IsWindows()
        ? ["tensorflow.dll"]
        : OperatingSystem.IsMacOS()
            ? ["libtensorflow.2.dylib", "libtensorflow.dylib", "libtensorflow_cc.2.dylib"]
            : ["libtensorflow.so.2", "libtensorflow.so.2.*", "libtensorflow.so", "libtensorflow_cc.so.2", "libtensorflow_cc.so.2.*"];

    /// <returns>The place and the library's path, or null.</returns>
    public static (LibraryPlace Place, string Path)? Find(IReadOnlyList<LibraryPlace> places) => LibraryPlaces.Find(places, FileNames);

    /// <summary>Loads the library for the whole process.</summary>
    /// <exception cref="InferenceException">It cannot be loaded, is another one, or one is loaded already.</exception>
    public static void Use(string path) => Library.Use(path, handle =>
    {
        Check(path, handle);
        ImportedLibraries.Connect(TensorFlowApi.Library, handle);
    });

    /// <exception cref="InferenceException">The library is not TensorFlow.</exception>
    internal static void Check(string path, nint handle) => Library.ThrowIfAnother(
        path, handle, $"Expected libtensorflow 2.x; name its folder with {FolderVariable}.", "TF_NewGraph", "TF_SessionRun");
}
