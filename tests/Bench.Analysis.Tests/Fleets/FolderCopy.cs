namespace Bench.Analysis.Tests.Fleets;

/// <summary>Copies folders.</summary>
internal static class FolderCopy
{
    /// <summary>Copies all files of a folder.</summary>
    public static void Make(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
