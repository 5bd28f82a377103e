using Bench.Analysis.Rendering;
using Bench.Analysis.Reports;

namespace Bench.Analysis.Consoles;

/// <summary>What must be known of a run before any of its figures is read.</summary>
internal static class RunCautions
{
    private const string Smoke = "smoke";

    /// <summary>A sentence for each; none of an honest run that ran to its end.</summary>
    public static IEnumerable<string> Of(RunSummary run)
    {
        if (!run.Complete)
        {
            yield return "the run was interrupted: what follows is what had been measured.";
        }

        if (run.IsSearch)
        {
            yield return "these are the short launches of a search: they choose among configurations, and are no result.";
        }

        if (run.Profile == Smoke)
        {
            yield return "profile smoke measures for fractions of a second, to see that everything works: do not quote these times.";
        }

        if (run.SlowedDownBy is { } share)
        {
            yield return $"slowed down on purpose, by up to {Figures.Percent(share)}: for trying a gate, never for a decision.";
        }

        if (run.Machine.CompatibilityLayer is { } layer)
        {
            yield return $"measured under {layer}: the times are those of an imitation and say nothing.";
        }
    }
}
