using System.Globalization;
using System.Text;
using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Months;
using Bench.Analysis.Rows;
using static Bench.Pictures.Page.ReportPage;

namespace Bench.Pictures.Page;

/// <summary>A model's part of the page: the questions, the answer, its table and its pictures.</summary>
internal static class PageSection
{
    private static readonly IReadOnlyList<(WorkHours Hours, string Name)> CommonHours =
    [
        (WorkHours.Always, "day and night"),
        (new WorkHours(8, 5), "8 hours, 5 days a week"),
        (new WorkHours(12, 6), "12 hours, 6 days a week"),
    ];

    /// <summary>Writes it.</summary>
    public static void Write(StringBuilder body, PageContent content, ModelReport model)
    {
        body.Append(CultureInfo.InvariantCulture,
            $"<section class=\"model\" data-model=\"{Text(model.Id)}\">\n<h2>{Text(model.Id)}</h2>\n<p>{Text(model.Title)}</p>\n");
        if (content.First.Any(decision => decision.Model == model.Id))
        {
            WriteQuestions(body, content, model);
            WriteAnswer(body);
        }

        WriteCare(body, model);
        WritePictures(body, content, model);
        body.Append("</section>\n");
    }

    private static void WriteQuestions(StringBuilder body, PageContent content, ModelReport model)
    {
        var demand = content.Question.Demands.GetValueOrDefault(model.Id) ?? new Demand { ImagesPerMonth = 0 };
        body.Append("<form class=\"ask\">\n");
        if (content.Question.Cost == CostModel.Runtime)
        {
            var unit = model.Volume is null ? "<span>Images</span>"
                : $"<select class=\"unit\" aria-label=\"unit\"><option value=\"images\">Images</option>"
                    + $"<option value=\"volumes\"{Selected(demand.Together > 1)}>Volumes</option></select>";
            var hours = CommonHours.Any(common => common.Hours == demand.Hours)
                ? CommonHours : [.. CommonHours, (demand.Hours, $"{demand.Hours}")];
            var options = string.Concat(hours.Select(common =>
                $"<option value=\"{Value(common.Hours)}\"{Selected(common.Hours == demand.Hours)}>{common.Name}</option>"));
            body.Append(CultureInfo.InvariantCulture, $"""
                <div class="month-ask">{unit} a month
                <input type="text" inputmode="numeric" class="volume" placeholder="none" aria-label="how many a month">
                <select class="hours" aria-label="when they arrive">{options}</select>
                <label>at the peak <input type="text" inputmode="decimal" class="peak" value="{demand.PeakFactor}"> times as many</label>
                </div>

                """);
        }

        else
        {
            body.Append("<div class=\"month-ask\">No month is planned here: this page was made with --images-per-second, --utilisation or "
                + "--images-per-start.</div>\n");
        }

        var quantiles = string.Concat(Enum.GetValues<LatencyQuantile>().Select(quantile =>
            $"<option value=\"{PageData.Name(quantile)}\"{Selected(quantile == content.Question.Quantile)}>{quantile.Name()}</option>"));
        body.Append(CultureInfo.InvariantCulture, $"""
            <div class="limit-ask"><label>Time limit of a request
            <input type="text" inputmode="decimal" class="limit-ms" placeholder="none" aria-label="time limit in ms"> ms</label>
            <input type="range" class="limit" min="0" max="1000" step="1" aria-label="time limit">
            <button type="button" class="no-limit">no limit</button>
            <label>met by <select class="quantile">{quantiles}</select></label></div>
            </form>

            """);
    }

    private static void WriteAnswer(StringBuilder body) => body.Append("""
        <div class="answer" aria-live="polite"><p class="faults"></p><dl class="month" hidden></dl><p class="choice"></p></div>
        <table class="candidates">
        <thead><tr><th>engine, settings, machine</th><th class="wide">USD an hour</th><th class="latency"></th>
        <th class="wide">images a second</th><th>USD a million</th><th class="wide of-providers">by provider</th>
        <th class="for-month">USD a month</th><th class="wide for-month">machines</th><th class="wide words">outputs</th>
        <th class="words">at this limit</th><th class="wide no-month">would win below USD an hour</th></tr></thead>
        <tbody></tbody>
        </table>
        <ol class="reasons"></ol>
        <p class="at-listed" hidden>The pictures show the prices that the page was made with.</p>

        """);

    /// <summary>What should make a reader doubt the figures.</summary>
    private static void WriteCare(StringBuilder body, ModelReport model)
    {
        var care = ConsoleReport.Careful(model, RunTable.Rows(model)).ToList();
        if (care.Count > 0)
        {
            body.Append(CultureInfo.InvariantCulture, $"<details class=\"careful\"><summary>Careful: {care.Count} "
                + $"{(care.Count == 1 ? "thing" : "things")} that may make these figures wrong</summary>\n<ul>\n");
            care.ForEach(text => body.Append(CultureInfo.InvariantCulture, $"<li>{Text(text)}</li>\n"));
            body.Append("</ul></details>\n");
        }
    }

    /// <summary>The picture that answers, and the others folded away.</summary>
    private static void WritePictures(StringBuilder body, PageContent content, ModelReport model)
    {
        var pictures = content.Pictures.OrderBy(entry => entry.Key != content.Question.Quantile).SelectMany(entry => entry.Value)
            .Where(picture => picture.Model == model.Id).DistinctBy(picture => picture.FileName).ToList();
        foreach (var (i, picture) in pictures.Index())
        {
            body.Append(i == 1 ? "<details class=\"more\"><summary>More pictures: "
                + $"{Text(string.Join(", ", pictures.Skip(1).Select(other => Question(other.Kind))))}</summary>\n<div class=\"figures\">\n"
                : string.Empty);
            body.Append(CultureInfo.InvariantCulture,
                $"<figure data-picture=\"{Text(picture.FileName)}\"{(picture.ShowsLimits ? " data-limits" : string.Empty)} ")
                .Append(CultureInfo.InvariantCulture, $"role=\"img\" aria-label=\"{Text(picture.Alternative)}\"></figure>\n");
        }

        body.Append(pictures.Count > 1 ? "</div></details>\n" : string.Empty);
    }

    private static string Question(string kind) => kind switch
    {
        "decision" => "what to buy for a time limit",
        "pareto" => "what is fast and what is cheap",
        "cost" => "where a cost comes from",
        "time" => "time by platform",
        _ => "how latencies are spread",
    };

    private static string Value(WorkHours hours) => FormattableString.Invariant($"{hours.HoursPerDay}x{hours.DaysPerWeek}");

    private static string Selected(bool isSelected) => isSelected ? " selected" : string.Empty;
}
