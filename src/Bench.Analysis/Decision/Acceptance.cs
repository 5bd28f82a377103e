using System.Globalization;
using Bench.Analysis.Equivalence;

namespace Bench.Analysis.Decision;

/// <summary>Whether a candidate may be chosen at all, whatever its time and cost.</summary>
internal static class Acceptance
{
    // 0.92 − 0.91 is a little more than 0.01.
    private const double RoundOff = 1e-9;
    private const double BytesPerMegabyte = 1e6;

    /// <returns>Why it must not be chosen; nothing if it may.</returns>
    public static IEnumerable<string> Objections(Candidate candidate, DecisionOptions options)
    {
        if (options.MaxAccuracyDrop is { } allowed)
        {
            if (candidate.MetricChange is not { } change)
            {
                yield return "how much accuracy it loses is unknown: measure the reference (ort-cpu/fp32) on the same images, or give --max-accuracy-drop any";
            }
            else if (-change > allowed + RoundOff)
            {
                yield return Text($"it loses {-change:0.####}, more than {allowed:0.####} (--max-accuracy-drop)");
            }
        }

        if (OutputObjection(candidate.Outputs, options.MinEquivalence) is { } objection)
        {
            yield return objection;
        }

        if (options.MaxModelBytes is { } largest && !(candidate.ModelBytes <= largest))
        {
            yield return candidate.ModelBytes is { } bytes
                ? Text($"its model has {bytes / BytesPerMegabyte:0.##} MB, more than {largest / BytesPerMegabyte:0.##} MB (--max-model-size)")
                : "the size of its model is unknown (--max-model-size)";
        }
    }

    private static string? OutputObjection(EquivalenceVerdict? outputs, OutputRequirement required)
    {
        var isMet = required switch
        {
            OutputRequirement.Any => true,
            OutputRequirement.NotDifferent => outputs is not EquivalenceVerdict.Different,
            OutputRequirement.Equivalent => outputs is EquivalenceVerdict.Identical or EquivalenceVerdict.Equivalent,
            _ => outputs is EquivalenceVerdict.Identical,
        };
        return isMet ? null
            : outputs is { } verdict ? $"its outputs are {verdict.Name()} (--min-equivalence)"
            : "its outputs were not compared (--min-equivalence)";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
