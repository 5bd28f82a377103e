using System.Globalization;
using System.Text;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Study;

/// <summary>Writes the recomputed study for people.</summary>
public static class MarkdownStudy
{
    /// <summary>Writes it as markdown.</summary>
    /// <param name="report">The recomputed study.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(StudyReport report)
    {
        var text = new StringBuilder("# The study, recomputed from its own tables\n\n"
            + "GE Healthcare, *Impact of Inference Accelerators on Hardware Selection*, 2019, <https://arxiv.org/abs/1910.03060>.\n");
        WriteCosts(text, report);
        WriteRatios(text, report);
        WriteDecisions(text, report);
        WriteClaims(text, report);
        return text.ToString();
    }

    private static void WriteCosts(StringBuilder text, StudyReport report)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"\n## Table 1: {report.CostsReproduced} of {report.Costs.Count} costs follow from the times, within half a cent\n\n");
        var table = new MarkdownTable("model", "hardware", "precision", "ms per image", "USD per hour", "USD per million images", "printed",
            "follows", "prices that would give the printed cost");
        foreach (var cost in report.Costs)
        {
            table.Add(
                cost.Model,
                cost.Hardware,
                cost.Precision,
                Figures.Ms(cost.MsPerImage),
                Figures.Text(cost.UsdPerHour, "0.00"),
                Figures.Text(cost.Recomputed, "0.0000"),
                Figures.Text(cost.Printed, "0.00"),
                cost.IsReproduced ? "yes" : "**no**",
                $"{Figures.Text(cost.LowestUsdPerHour, "0.0000")}–{Figures.Text(cost.HighestUsdPerHour, "0.0000")}");
        }

        table.WriteTo(text);
    }

    private static void WriteRatios(StringBuilder text, StudyReport report)
    {
        text.Append("\n## Table 2: against the TensorFlow baseline\n\n");
        var table = new MarkdownTable("model", "engine", "device", "ms per image", "time vs. baseline", "change");
        foreach (var ratio in report.Ratios)
        {
            table.Add(ratio.Model, ratio.Engine, ratio.Device, Figures.Ms(ratio.MsPerImage), Figures.Ratio(ratio.AgainstBaseline),
                Figures.Text(100 * (ratio.AgainstBaseline - 1), "+0.0;−0.0;0.0") + " %");
        }

        table.WriteTo(text);
    }

    private static void WriteDecisions(StringBuilder text, StudyReport report)
    {
        text.Append("\n## Figure 3: what to buy\n\n");
        var table = new MarkdownTable("model", "accuracy that may be lost", "limit", "hardware", "precision", "USD per million images");
        foreach (var (drop, decision) in report.Decisions)
        {
            var lost = Figures.Percent(drop);
            table.Add(
                decision.Model, lost, $"below {Figures.Ms(decision.NoSolutionBelowMs)} ms", "no solution", Figures.None, Figures.None);
            foreach (var step in decision.Steps)
            {
                table.Add(decision.Model, lost, $"from {Figures.Ms(step.FromMs)} ms", step.Hardware, step.Cell.Cell.Precision,
                    Figures.Usd(step.UsdPerMillionImages));
            }
        }

        table.WriteTo(text);
    }

    private static void WriteClaims(StringBuilder text, StudyReport report)
    {
        var contradictions = report.Claims.Count(claim => claim.Verdict == ClaimVerdict.DoesNotFollow);
        text.Append(CultureInfo.InvariantCulture, $"\n## Its claims: {contradictions} do not follow from its tables\n\n");
        foreach (var claim in report.Claims)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"- **{claim.Number}** {claim.Text} → **{claim.Verdict.Name()}.** {claim.Evidence}\n");
        }
    }
}
