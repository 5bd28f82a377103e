using Bench.Analysis.Input;

namespace Bench.Analysis.Gate;

/// <summary>Where a reference lies, and how it is replaced: the old one goes only when the new one is whole.</summary>
public static class ReferencePlace
{
    // Git keeps no empty folders; people put this file into them.
    internal const string KeptByGit = ".gitkeep";
    private const string Incoming = ".new";
    private const string Outgoing = ".old";

    /// <summary>Whether there is no reference yet: nothing of the name, or an empty folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <returns>Whether a first reference may be made there without asking the gate.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static bool IsFree(string path) =>
        !File.Exists(path) && (!Directory.Exists(path) || Directory.EnumerateFileSystemEntries(path)
            .All(entry => Path.GetFileName(entry) == KeptByGit));

    /// <summary>Whether a reference is one file: it is there, or is to be called like one.</summary>
    /// <param name="path">The file or folder.</param>
    /// <returns>Whether it is a file.</returns>
    public static bool IsFile(string path) =>
        File.Exists(path) || (!Directory.Exists(path) && Path.GetExtension(path).ToLowerInvariant() is ".json" or ".md");

    /// <summary>Refuses places where a replacement could lose something.</summary>
    /// <param name="reference">Where the reference lies, or is to lie.</param>
    /// <param name="current">What is to take its place.</param>
    /// <exception cref="ArgumentException">One lies in the other, or both are the same.</exception>
    /// <exception cref="RunFormatException">An earlier replacement was interrupted.</exception>
    public static void Check(string reference, string current)
    {
        var (target, source) = (Full(reference) + Path.DirectorySeparatorChar, Full(current) + Path.DirectorySeparatorChar);
        if (target.StartsWith(source, StringComparison.Ordinal) || source.StartsWith(target, StringComparison.Ordinal))
        {
            throw new ArgumentException("gate --accept: BASE and CURRENT are the same file or folder, or one lies in the other.");
        }

        // The old reference must not be taken for none: then the gate would not be asked.
        var outgoing = Full(reference) + Outgoing;
        if (Directory.Exists(outgoing))
        {
            throw new RunFormatException(
                outgoing,
                "an earlier --accept was interrupted. This is the reference from before it: "
                    + $"{(Directory.Exists(reference) ? "delete it" : $"rename it to {reference}")}, and try again.");
        }
    }

    /// <summary>Puts a new folder in the place of an old one, or of none.</summary>
    /// <param name="reference">The place.</param>
    /// <param name="fill">Writes into the new folder.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal static void ReplaceFolder(string reference, Action<string> fill)
    {
        var target = Full(reference);
        var (incoming, outgoing) = (target + Incoming, target + Outgoing);
        Delete(incoming);
        Directory.CreateDirectory(incoming);
        fill(incoming);
        if (Directory.Exists(target))
        {
            Directory.Move(target, outgoing);
        }

        Directory.Move(incoming, target);
        Delete(outgoing);
    }

    /// <summary>Puts a new file in the place of an old one, or of none.</summary>
    /// <param name="path">The place.</param>
    /// <param name="write">Writes the new file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void ReplaceFile(string path, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.Delete(path + Incoming);
        write(path + Incoming);
        File.Move(path + Incoming, path, overwrite: true);
    }

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
