using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Bench.Inference.NativeRuntimes;

/// <summary>Which loaded library each name in this assembly's imports stands for.</summary>
/// <remarks>.NET takes one resolver of an assembly, so that engines share this one.</remarks>
internal static class ImportedLibraries
{
    private static readonly ConcurrentDictionary<string, nint> Handles = new(StringComparer.Ordinal);

    static ImportedLibraries() => NativeLibrary.SetDllImportResolver(
        typeof(ImportedLibraries).Assembly, (name, _, _) => Handles.GetValueOrDefault(name));

    /// <summary>Makes imports of a name call a library.</summary>
    /// <param name="name">The name in the imports.</param>
    /// <param name="handle">The loaded library.</param>
    public static void Connect(string name, nint handle) => Handles[name] = handle;
}
