using System.Runtime.InteropServices;

namespace Bench.Benchmarks.Machines;

/// <summary>Finds out whether something imitates the operating system or the processor: what is timed there is the imitation.</summary>
internal static class CompatibilityLayer
{
    /// <summary>For example <c>Wine 8.0</c>; null if nothing does.</summary>
    public static string? Name { get; } = Wine() ?? Translation();

    // https://gitlab.winehq.org/wine/wine/-/wikis/Developer-FAQ: the export that tells Wine from Windows.
    private static unsafe string? Wine() => OperatingSystem.IsWindows()
        && NativeLibrary.TryLoad("ntdll.dll", out var library)
        && NativeLibrary.TryGetExport(library, "wine_get_version", out var version)
            ? $"Wine {Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)version)())}"
            : null;

    private static string? Translation() => RuntimeInformation.ProcessArchitecture != RuntimeInformation.OSArchitecture
        ? $"the translation of {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()} to "
            + $"{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"
        : null;
}
