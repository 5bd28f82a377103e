using System.Runtime.InteropServices;

namespace Bench.Inference.NativeRuntimes;

/// <summary>Says which libraries a library needs that are not here: the system's loader names only the first, or none.</summary>
internal static class NativeDependencies
{
    /// <summary>Looks for everything that a library needs.</summary>
    /// <param name="path">The library.</param>
    /// <param name="remedy">What to do if something is missing.</param>
    /// <exception cref="InferenceException">Some are missing, or the file is for another architecture; the message names them.</exception>
    public static void ThrowIfMissing(string path, string remedy)
    {
        var problem = Problem(path);
        if (problem is not null)
        {
            throw new InferenceException($"{problem} {remedy}".TrimEnd());
        }
    }

    /// <summary>What a loader's message leaves out.</summary>
    /// <param name="path">The library that could not be loaded.</param>
    /// <param name="message">The loader's message.</param>
    /// <returns>Both together.</returns>
    public static string Explain(string path, string message)
    {
        var problem = Problem(path);
        return problem is null ? message : $"{problem} The system says: {message}";
    }

    private static string? Problem(string path)
    {
        // Mach-O files are not read: macOS' loader says itself what it misses.
        if (OperatingSystem.IsMacOS())
        {
            return null;
        }

        NativeLibraryFile file;
        try
        {
            file = NativeLibraryFile.Read(path);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }

        var own = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        if (file.Architecture != own)
        {
            return $"{path} is built for {file.Architecture}; this process is {own}.";
        }

        var folder = Path.GetDirectoryName(path)!;
        var missing = file.Needed.Where(name => !File.Exists(Path.Combine(folder, name)) && !IsOnSearchPath(name)).ToList();
        return missing.Count == 0
            ? null
            : $"{Path.GetFileName(path)} needs {string.Join(", ", missing)}, not found beside it or on the library search path "
                + $"({(OperatingSystem.IsWindows() ? "PATH" : "LD_LIBRARY_PATH, ldconfig")}).";
    }

    private static bool IsOnSearchPath(string name)
    {
        // Windows' API sets are names for parts of the system, not files.
        if (name.StartsWith("api-ms-", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ext-ms-", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return NativeLibrary.TryLoad(name, out _);
    }
}
