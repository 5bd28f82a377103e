namespace Bench.Models.Files;

/// <summary>A network's file in one format and precision.</summary>
/// <param name="Format">The format.</param>
/// <param name="Precision">The precision.</param>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record ModelFile(ModelFormat Format, Precision Precision, string Path, string Sha256, long Length);
