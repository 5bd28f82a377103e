using Bench.Analysis.Statistics;

namespace Bench.Analysis.Equivalence;

/// <summary>The verdicts of several comparisons that are read together.</summary>
public static class EquivalenceFamily
{
    /// <summary>Judges a family: with Holm's correction, the chance of a single wrong verdict of <i>equivalent</i> or <i>different</i> stays below the significance of each kind.</summary>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="significance">The significance, in (0, 1).</param>
    /// <returns>For each comparison the corrected p-value of H0: not equivalent, and the verdict.</returns>
    public static IReadOnlyList<(double PEquivalent, EquivalenceVerdict Verdict)> Judge(IReadOnlyList<PairedEquivalence> comparisons, double significance)
    {
        var equivalent = Multiplicity.Holm([.. comparisons.Select(comparison => comparison.Tost.PValue)]);
        var different = Multiplicity.Holm([.. comparisons.Select(comparison => comparison.Tost.PDifferent / 2)]);
        return [.. comparisons.Select((comparison, i) => (equivalent[i], comparison.Verdict(significance, equivalent[i], different[i])))];
    }
}
