using System.Globalization;
using System.Text;
using Bench.Analysis.Decision;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Months;

/// <summary>Writes a month's plans for people.</summary>
public static class MarkdownMonth
{
    private const string HowToRead =
        "\n## How to read it\n\n"
        + "- A month has 730 hours. The bill is for what is really sold, for as long as it is on: with a limit all hours in which images "
        + "arrive, without one the hours of work.\n"
        + "- shares: the same if a part of what is sold could be had alone. by use: the hours of work and a start a day, of the whole that "
        + "is sold, for whoever can wait for a start.\n"
        + "- machines: as many as the peak takes so that the limit is met while images arrive at random moments. Where that was not "
        + "measured it is computed as if every\n"
        + "  request took as long as the slowest that the percentile counts (M/D/c), which is more than most do; loads are "
        + "planned in steps of 2 %, up to 90 %.\n"
        + "- A request of several images has to wait until they are there: with a limit only if that leaves time enough.\n"
        + "- A machine of one's own costs its price over the years, whether it works or not, and the energy of its work. Room, network "
        + "and staff are not in it.\n";

    /// <summary>Writes plans as markdown.</summary>
    /// <param name="months">The plans of each model.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(IReadOnlyList<MonthDecision> months)
    {
        var text = new StringBuilder("# A month\n");
        foreach (var month in months)
        {
            WriteModel(text, month);
        }

        return text.Append(HowToRead).ToString();
    }

    private static void WriteModel(StringBuilder text, MonthDecision month)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {month.Model}: {MonthText.Asked(month)}\n\n");
        foreach (var (label, sentence) in MonthText.Answer(month, DecisionText.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"**{label}**: {sentence}\n");
        }

        if (month.Plans.Count > 0)
        {
            WritePlans(text, month);
        }

        WriteList(text, "Not acceptable", month.Plans.Where(plan => !plan.IsAcceptable)
            .Select(plan => $"{DecisionText.Name(plan.Candidate)}: {string.Join("; ", plan.Objections)}"));
        WriteList(text, "Out of the question", month.Unplanned.GroupBy(unplanned => unplanned.Why)
            .Select(alike => $"{string.Join(", ", alike.Select(one => $"`{one.Cell}` on {one.Hardware}"))}: {alike.Key}"));
    }

    private static void WritePlans(StringBuilder text, MonthDecision month)
    {
        text.Append('\n');
        var table = new MarkdownTable("cell", "hardware", $"{month.Quantile.Name()} ms [99 %]", "hours of work", "machines", "busy at peak",
            "USD a month", "shares", "by use", "sold as", "at the limit");
        foreach (var plan in month.Plans)
        {
            table.Add(plan.Cell.ToString(), plan.Hardware, Latency(plan.Candidate.Latency), Figures.Text(plan.WorkHours, "#,0.00"),
                Figures.Text(plan.Machines, "#,0"), month.LimitMs is null ? Figures.None : Figures.PercentResult(plan.BusyAtPeak),
                MonthText.Usd(plan.BillUsd), MonthText.Usd(plan.SharesUsd), plan.ByUseUsd is { } use ? MonthText.Usd(use) : Figures.None,
                MonthText.Sold(plan), plan.IsAcceptable ? plan.Feasibility.ToString().ToLowerInvariant() : "not acceptable");
        }

        table.WriteTo(text);
    }

    private static string Latency(LatencyBound latency) => latency.EstimateMs is not { } estimate ? Figures.None
        : latency is { LowerMs: { } lower, UpperMs: { } upper } ? $"{Figures.Ms(estimate)} [{As(lower, estimate)}, {As(upper, estimate)}]"
        : $"{Figures.Ms(estimate)} [not known]";

    private static string As(double ms, double estimate) => Figures.Text(ms, Figures.MsFormat(estimate));

    private static void WriteList(StringBuilder text, string title, IEnumerable<string> items)
    {
        foreach (var (item, i) in items.Select((item, i) => (item, i)))
        {
            text.Append(i == 0 ? $"\n{title}:\n" : string.Empty).Append(CultureInfo.InvariantCulture, $"- {item}\n");
        }
    }
}
