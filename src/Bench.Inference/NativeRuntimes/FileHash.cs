using Bench.Models.Files;

namespace Bench.Inference.NativeRuntimes;

/// <summary>Tells one file from another by what is in it.</summary>
internal static class FileHash
{
    private const int DigitsShown = 12;

    /// <summary>SHA-256 in lower-case hex.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Sha256(string path) => ModelFiles.Hash(path).Sha256;

    /// <summary>As many of its digits as people are shown.</summary>
    /// <param name="sha256">The hash.</param>
    public static string Short(string sha256) => sha256[..DigitsShown];
}
