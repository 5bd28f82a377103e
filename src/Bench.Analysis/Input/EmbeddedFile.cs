using System.Reflection;

namespace Bench.Analysis.Input;

/// <summary>Files that are built into this library.</summary>
internal static class EmbeddedFile
{
    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names => Assembly.GetExecutingAssembly().GetManifestResourceNames();

    /// <summary>What one holds.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
