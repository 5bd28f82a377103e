using System.Globalization;
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
    /// <param name="width">The most columns of the console that a line takes.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(IReadOnlyList<MonthDecision> months, int width = ConsoleText.Width)
    {
        var page = new ConsolePage(width);
        foreach (var month in months)
        {
            page.Append(!page.IsEmpty ? "\n" : string.Empty);
            WriteModel(page, month);
        }

        page.Append('\n');
        page.Write("$/month", "for what is sold (or at the price that was given), as long as it is on; an own machine: "
            + "for owning it and the energy of its work. part:"
            + " for the part of it that is needed. by use: for the hours of work and starts alone, all parts sharing the work.");
        page.Write("Next", "--format markdown says everything; --hours and --peak-factor say when images arrive.");
        return page.ToString();
    }

    private static void WriteModel(ConsolePage page, MonthDecision month)
    {
        page.Write($"{month.Model} ", MonthText.Asked(month));
        foreach (var (label, sentence) in MonthText.Answer(month, ConsoleNames.Of))
        {
            page.Write(label, sentence, Math.Max(12, label.Length + 2));
        }

        var plans = month.Plans.Where(plan => plan.IsAcceptable).ToList();
        if (plans.Count > 0)
        {
            page.Append('\n');
            WritePlans(page, month, plans);
        }

        WriteOthers(page, month);
        page.WriteList("Careful", month.Remarks.Select(remark => PlainText.Of(Figures.Capital(remark))), MostOthers, ": --format markdown");
    }

    /// <summary>What is in no row, and why: on other machines first.</summary>
    private static void WriteOthers(ConsolePage page, MonthDecision month)
    {
        var others = month.Unplanned.Concat(month.Plans.Where(plan => !plan.IsAcceptable)
            .Select(plan => new Unplanned(plan.Cell, plan.Hardware, string.Join("; ", plan.Objections))))
            .GroupBy(unplanned => (unplanned.Hardware, unplanned.Why)).Select(alike =>
            $"{ConsoleNames.Some([.. alike.Select(one => ConsoleNames.Of(one.Cell))])} on {alike.Key.Hardware}: {alike.Key.Why}").ToList();
        page.Append(others.Count > 0 ? "\n" : string.Empty);
        page.WriteList("Not in it", others, MostOthers, ": --format markdown");
    }

    private static void WritePlans(ConsolePage page, MonthDecision month, List<MonthPlan> plans)
    {
        var table = new ConsoleTable(
            new("engine", MayBeCut: true), new("settings", MayBeCut: true), new("precision"), new("machine", MayBeCut: true),
            new($"{month.Quantile.ToString().ToLowerInvariant()} ms", IsNumber: true), new("work h", IsNumber: true, IsOptional: true),
            new("machines", IsNumber: true), new("$/month", IsNumber: true), new("part", IsNumber: true, IsOptional: true),
            new("by use", IsNumber: true, IsOptional: true), new("limit"));
        foreach (var plan in plans.Take(MostRows))
        {
            table.Add(
                plan.Cell.Cell.Backend.ToString(), ConsoleNames.Settings(plan.Cell), plan.Cell.Cell.Precision, plan.Hardware,
                Figures.Ms(plan.Candidate.Latency.EstimateMs), Figures.Text(plan.WorkHours, "#,0.00"),
                Figures.Text(plan.Machines, "#,0"), MonthText.Usd(plan.BillUsd), MonthText.Usd(plan.SharesUsd),
                plan.ByUseUsd is { } use ? MonthText.Usd(use) : Figures.None,
                month.LimitMs is null ? Figures.None : ConsoleDecision.Word(plan.Feasibility));
        }

        page.Write(table);
        var left = plans.Count - MostRows;
        page.Append(left > 0 ? string.Create(CultureInfo.InvariantCulture, $"and {left} more\n") : string.Empty);
    }
}
