using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bench.Analysis.Decision;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Pictures.Rendering;
using Markdig;
using Markdig.Parsers.Inlines;

namespace Bench.Pictures.Page;

/// <summary>Writes one page that has everything in it and works offline: pictures with tooltips, sortable tables,
/// the time limit as a slider.</summary>
public static class ReportPage
{
    // What a cell or a reason says is text, whatever it looks like: no tags, no links, no pictures.
    private static readonly MarkdownPipeline Markdown = PlainText();

    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="decisions">What to buy; empty if that was not decided.</param>
    /// <param name="whyNoDecision">Why it was not decided; null if it was.</param>
    /// <param name="pictures">The pictures.</param>
    /// <returns>HTML.</returns>
    /// <exception cref="PicturesUnavailableException">Vega-Lite was not there when this library was built.</exception>
    public static string Write(
        Report report, IReadOnlyList<ModelDecision> decisions, string? whyNoDecision, IReadOnlyList<Picture> pictures)
    {
        var body = new StringBuilder();
        if (whyNoDecision is not null)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"remark\">Nothing is decided: {Text(whyNoDecision)}</p>\n");
        }

        foreach (var model in report.Models)
        {
            WriteModel(body, model, decisions.FirstOrDefault(decision => decision.Model == model.Id),
                [.. pictures.Where(picture => picture.Model == model.Id)]);
        }

        if (decisions.Count > 0)
        {
            body.Append("<section class=\"text\">\n")
                .Append(Html(MarkdownDecision.Write(decisions, report.CostModel))).Append("</section>\n");
        }

        body.Append("<section class=\"text\">\n").Append(Html(MarkdownReport.Write(report))).Append("</section>\n");
        var parts = new Dictionary<string, string>
        {
            ["style"] = Resources.Read("page.css"),
            ["title"] = Text($"Bench: {string.Join(", ", report.Models.Select(model => model.Id))}"),
            ["body"] = body.ToString(),
            ["data"] = Data(decisions, pictures),
            ["notices"] = Text(Resources.Read("ThirdPartyNotices.txt")),
            ["vega"] = Script(Resources.Bundle(Resources.Vega)),
            ["vega-lite"] = Script(Resources.Bundle(Resources.VegaLite)),
            ["script"] = Resources.Read("page.js"),
        };
        return Fill(Resources.Read("page.html"), parts);
    }

    private static void WriteModel(StringBuilder body, ModelReport model, ModelDecision? decision, IReadOnlyList<Picture> pictures)
    {
        body.Append(CultureInfo.InvariantCulture,
            $"<section class=\"model\" data-model=\"{Text(model.Id)}\">\n<h2>{Text(model.Id)}</h2>\n<p>{Text(model.Title)}</p>\n");
        if (decision is not null)
        {
            WriteDecision(body, decision);
        }

        body.Append("<div class=\"figures\">\n");
        foreach (var picture in pictures)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"<figure data-picture=\"{Text(picture.FileName)}\" role=\"img\" aria-label=\"{Text(picture.Alternative)}\"></figure>\n");
        }

        body.Append("</div>\n</section>\n");
    }

    private static void WriteDecision(StringBuilder body, ModelDecision decision)
    {
        const string Slider = """<input type="range" class="limit" min="0" max="1000" step="1" aria-label="time limit">""";
        const string Number = """<input type="number" class="limit-ms" min="0" step="any" aria-label="time limit in ms">""";
        const string What = "<th>cell</th><th>batch × streams × threads</th><th>hardware</th><th>USD per hour</th>";
        const string Headings = "<th>99 % interval</th><th>images/s</th><th>USD per million images</th><th>metric change</th>"
            + "<th>outputs</th><th>at this limit</th><th>would win below USD per hour</th>";
        body.Append(CultureInfo.InvariantCulture, $"""
            <div class="decision">
            <label>Time limit of a request ({decision.Quantile.Name()}): {Slider} {Number} ms</label>
            <button type="button" class="no-limit">no limit</button>
            <p class="choice" aria-live="polite"></p>
            </div>
            <div class="scroll"><table class="candidates">
            <thead><tr>{What}<th>{decision.Quantile.Name()} ms</th>{Headings}</tr></thead>
            <tbody></tbody>
            </table></div>

            """);
    }

    /// <summary>Data for the page's script. What could end a script element is escaped.</summary>
    private static string Data(IReadOnlyList<ModelDecision> decisions, IReadOnlyList<Picture> pictures)
    {
        var data = new JsonObject
        {
            ["decisions"] = JsonNode.Parse(JsonDecision.Write(decisions)),
            ["pictures"] = new JsonObject(
                pictures.Select(picture => KeyValuePair.Create(picture.FileName, (JsonNode?)picture.Specification.DeepClone()))),
            ["swaps"] = new JsonArray([.. SvgTheme.Swaps.Select(swap => (JsonNode)new JsonArray(swap.Light, swap.Dark))]),
        };
        return data.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }

    private static string Script(string bundle)
    {
        var end = bundle.IndexOf("//# sourceMappingURL", StringComparison.Ordinal);
        var script = end < 0 ? bundle : bundle[..end];
        return script.Contains("</script", StringComparison.OrdinalIgnoreCase) || script.Contains("<!--", StringComparison.Ordinal)
            ? throw new InvalidOperationException("A bundle of Vega holds what would end its script element; it needs escaping.")
            : script;
    }

    private static string Fill(string template, Dictionary<string, string> parts)
    {
        // One pass: what is filled in is not looked through again.
        var page = new StringBuilder();
        var rest = template.AsSpan();
        while (rest.IndexOf("{{") is >= 0 and var start)
        {
            var end = rest.IndexOf("}}");
            page.Append(rest[..start]).Append(parts[rest[(start + 2)..end].ToString()]);
            rest = rest[(end + 2)..];
        }

        return page.Append(rest).ToString().ReplaceLineEndings("\n");
    }

    // A table that scrolls by itself would be none for a screen reader; what is around it scrolls.
    private static string Html(string markdown) => Markdig.Markdown.ToHtml(markdown, Markdown)
        .Replace("<table>", "<div class=\"scroll\"><table>", StringComparison.Ordinal)
        .Replace("</table>", "</table></div>", StringComparison.Ordinal);

    private static MarkdownPipeline PlainText()
    {
        var builder = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml();
        builder.InlineParsers.TryRemove<LinkInlineParser>();
        builder.InlineParsers.TryRemove<AutolinkInlineParser>();
        return builder.Build();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
