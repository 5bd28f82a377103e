using System.Globalization;
using Bench.Models.Halves;

namespace Bench.Models.Quantization;

/// <summary>What became of a network that was quantised.</summary>
/// <param name="Integers">How many convolutions and matrix products compute in integers.</param>
/// <param name="Weighty">How many of them there are.</param>
/// <param name="Kept">The operators that stay in 32-bit floats: how many nodes, and why.</param>
public sealed record QuantizationReport(int Integers, int Weighty, IReadOnlyList<KeptOperator> Kept)
{
    /// <summary>One sentence, for people.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture,
        $"{Integers} of {Weighty} convolutions and matrix products are written to compute in integers")
        + (Kept.Count == 0 ? "." : $"; in fp32 stay {string.Join(", ", Kept)}.");

    internal static QuantizationReport Of(QuantizationPlan plan) => new(
        plan.Integers.Count(IntegerNodes.HasWeights), plan.Model.Graph.Node.Count(IntegerNodes.HasWeights), plan.Kept);
}
