namespace Bench.Models.Files;

/// <summary>A network's file in one format.</summary>
/// <param name="Format">The format.</param>
/// <param name="Numbers">The number format, as <see cref="Precision.File"/> has it: several precisions may share a file.</param>
/// <param name="Path">The file.</param>
/// <param name="Sha256">SHA-256 in lower-case hex: of the file, or, where it refers to others, of its own and theirs.</param>
/// <param name="Length">Its length in bytes, with that of the files that it refers to.</param>
public sealed record ModelFile(ModelFormat Format, string Numbers, string Path, string Sha256, long Length)
{
    /// <summary>What it was made from, and how.</summary>
    public required ModelOrigin Origin { get; init; }
}
