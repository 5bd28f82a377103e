using System.Globalization;

namespace Bench.Models.Halves;

/// <summary>What became of a network that was turned into halves.</summary>
/// <param name="Halves">How many nodes compute in halves.</param>
/// <param name="Kept">The operators that stay in 32-bit floats: how many nodes, and why.</param>
/// <param name="CutOff">How many weights stand for infinity, and became the largest half.</param>
/// <param name="Lost">How many weights other than zero were too small for a half, and became zero.</param>
public sealed record HalfReport(int Halves, IReadOnlyList<KeptOperator> Kept, long CutOff, long Lost)
{
    /// <summary>One sentence or a few, for people.</summary>
    public string Text => Count(Halves, "node computes in fp16", "nodes compute in fp16")
        + (Kept.Count == 0 ? "." : $"; in fp32 stay {string.Join(", ", Kept)}.")
        + (CutOff == 0 ? string.Empty : $" {Count(CutOff, "weight that stands for infinity", "weights that stand for infinity")}"
            + " became 65,504, the largest half.")
        + (Lost == 0 ? string.Empty : $" {Count(Lost, "weight", "weights")} too small for a half became 0.");

    private static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}

/// <summary>An operator of which nodes stay in 32-bit floats.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Count">How many nodes.</param>
/// <param name="Reason">Why.</param>
public sealed record KeptOperator(string Operator, int Count, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Operator} ({Reason})");
}
