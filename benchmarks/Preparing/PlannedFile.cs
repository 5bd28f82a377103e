using Bench.Models.Files;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Preparing;

/// <summary>A network's file, and what goes in and comes out of it.</summary>
/// <param name="File">The file.</param>
/// <param name="Signature">Its inputs and outputs.</param>
internal sealed record PlannedFile(ModelFile File, NetworkSignature Signature)
{
    /// <summary>Why the file takes no other batch than the one that is measured; null if it takes others, or if nobody looked.</summary>
    public string? WhyOneBatch { get; init; }

    /// <summary>The names of outputs that are no arrays of numbers, and are left out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
