using System.Security.Cryptography;
using System.Text;

namespace Bench.Analysis.Fleets;

/// <summary>What a folder is made of: the names and contents of all its files.</summary>
public static class FolderDigest
{
    // What the program writes into its own folder: what is derived of networks, fetched engines, runs.
    private static readonly string[] Written = ["models/.cache/", "runtimes/fetched/", "artifacts/"];

    /// <summary>A published folder as one number, over all files in the order of their names. What the program itself writes there does
    /// not count.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>64 hex digits in lower case.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string OfProgram(string folder)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, path) in Files(folder))
        {
            if (Written.Any(start => name.StartsWith(start, StringComparison.Ordinal)))
            {
                continue;
            }

            all.AppendData(Encoding.UTF8.GetBytes($"{name}\0{Sha256(path)}\n"));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    /// <summary>SHA-256 of every file of a run, by its name from the folder on, with forward slashes.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> OfFiles(string folder) => new SortedDictionary<string, string>(
        Files(folder).ToDictionary(file => file.Key, file => Sha256(file.Value)), StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, string>> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => KeyValuePair.Create(Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'), path))
            .OrderBy(file => file.Key, StringComparer.Ordinal);

    private static string Sha256(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
