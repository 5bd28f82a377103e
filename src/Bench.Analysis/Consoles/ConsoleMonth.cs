using System.Globalization;
using System.Text;
using Bench.Analysis.Months;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Consoles;

/// <summary>Writes a month's plans for a console.</summary>
public static class ConsoleMonth
{
    private const int MostRows = 12;
    private const int MostOthers = 3;

    /// <summary>Writes plans in 120 columns.</summary>
    /// <param name="months">The plans of each model.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(IReadOnlyList<MonthDecision> months)
    {
        var text = new StringBuilder();
        foreach (var month in months)
        {
            text.Append(text.Length > 0 ? "\n" : string.Empty);
            WriteModel(text, month);
        }

        text.Append('\n');
        ConsoleText.WriteTo(text, "$/month", "for what is sold (or at the price that was given), as long as it is on; an own machine: "
            + "for owning it and the energy of its work. part:"
            + " for the part of it that is needed. by use: for the hours of work and starts alone.");
        ConsoleText.WriteTo(text, "Next", "--format markdown says everything; --hours and --peak-factor say when images arrive.");
        return text.ToString();
    }

    private static void WriteModel(StringBuilder text, MonthDecision month)
    {
        ConsoleText.WriteTo(text, $"{month.Model} ", MonthText.Asked(month));
        foreach (var (label, sentence) in MonthText.Answer(month, ConsoleNames.Of))
        {
            ConsoleText.WriteTo(text, label, sentence, Math.Max(12, label.Length + 2));
        }

        var plans = month.Plans.Where(plan => plan.IsAcceptable).ToList();
        if (plans.Count > 0)
        {
            text.Append('\n');
            WritePlans(text, month, plans);
        }

        WriteOthers(text, month);
    }

    /// <summary>What is in no row, and why: on other machines first.</summary>
    private static void WriteOthers(StringBuilder text, MonthDecision month)
    {
        var others = month.Unplanned.Concat(month.Plans.Where(plan => !plan.IsAcceptable)
            .Select(plan => new Unplanned(plan.Cell, plan.Hardware, string.Join("; ", plan.Objections))))
            .GroupBy(unplanned => (unplanned.Hardware, unplanned.Why)).Select(alike =>
            $"{string.Join(", ", alike.Select(one => ConsoleNames.Of(one.Cell)))} on {alike.Key.Hardware}: {alike.Key.Why}").ToList();
        text.Append(others.Count > 0 ? "\n" : string.Empty);
        ConsoleText.WriteList(text, "Not in it", others, MostOthers, ": --format markdown");
    }

    private static void WritePlans(StringBuilder text, MonthDecision month, List<MonthPlan> plans)
    {
        var table = new ConsoleTable(
            new("engine", MayBeCut: true), new("settings", MayBeCut: true), new("precision"), new("machine", MayBeCut: true),
            new($"{month.Quantile.ToString().ToLowerInvariant()} ms", IsNumber: true), new("work h", IsNumber: true),
            new("machines", IsNumber: true), new("$/month", IsNumber: true), new("part", IsNumber: true), new("by use", IsNumber: true),
            new("limit"));
        foreach (var plan in plans.Take(MostRows))
        {
            table.Add(
                plan.Cell.Cell.Backend.ToString(), ConsoleNames.Settings(plan.Cell), plan.Cell.Cell.Precision, plan.Hardware,
                Figures.Ms(plan.Candidate.Latency.EstimateMs), Figures.Text(plan.WorkHours, "#,0.00"),
                Figures.Text(plan.Machines, "#,0"), MonthText.Usd(plan.BillUsd), MonthText.Usd(plan.SharesUsd),
                plan.ByUseUsd is { } use ? MonthText.Usd(use) : Figures.None,
                month.LimitMs is null ? Figures.None : plan.Feasibility.ToString().ToLowerInvariant());
        }

        table.WriteTo(text);
        var left = plans.Count - MostRows;
        text.Append(left > 0 ? string.Create(CultureInfo.InvariantCulture, $"and {left} more\n") : string.Empty);
    }
}
