using System.Globalization;
using System.Net;
using System.Text;
using Bench.Analysis.Decision;
using Bench.Analysis.Reports;
using Bench.Pictures.Rendering;
using Markdig;
using Markdig.Parsers.Inlines;

namespace Bench.Pictures.Page;

/// <summary>Writes one page that has everything in it and works offline: the machines, the questions of a buyer with the answers that
/// they move, pictures with tooltips, sortable tables.</summary>
public static class ReportPage
{
    // What a cell or a reason says is text, whatever it looks like: no tags, no links, no pictures.
    private static readonly MarkdownPipeline Markdown = PlainText();

    /// <summary>Writes the page.</summary>
    /// <param name="content">What stands on it.</param>
    /// <returns>HTML.</returns>
    /// <exception cref="PicturesUnavailableException">Vega-Lite was not there when this library was built.</exception>
    public static string Write(PageContent content)
    {
        var (report, data) = (content.Report, PageData.Of(content));
        var parts = new Dictionary<string, string>
        {
            ["style"] = Resources.Read("page.css"),
            ["title"] = Text($"Bench: {string.Join(", ", report.Models.Select(model => model.Id))}"),
            ["runs"] = PageHeader.Runs(report),
            ["prices"] = PageHeader.Prices(data.Prices),
            ["body"] = Body(content),
            ["open"] = content.First.Count == 0 ? " open" : string.Empty,
            ["report"] = (content.First.Count > 0 ? Html(MarkdownDecision.Write(content.First, report.CostModel)) : string.Empty)
                + Html(MarkdownReport.Write(report)),
            ["notices"] = Text(Resources.Read("ThirdPartyNotices.txt")),
            ["data"] = data.ToJson(),
            ["vega"] = Script(Resources.Bundle(Resources.Vega)),
            ["vega-lite"] = Script(Resources.Bundle(Resources.VegaLite)),
            ["figures"] = Resources.Read("figures.js"),
            ["fields"] = Resources.Read("fields.js"),
            ["decision"] = Resources.Read("decision.js"),
            ["month"] = Resources.Read("month.js"),
            ["month-text"] = Resources.Read("month-text.js"),
            ["pictures"] = Resources.Read("pictures.js"),
            ["tables"] = Resources.Read("tables.js"),
            ["script"] = Resources.Read("page.js"),
        };
        return Fill(Resources.Read("page.html"), parts);
    }

    /// <summary>A text as HTML shows it.</summary>
    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Body(PageContent content)
    {
        var body = new StringBuilder();
        if (content.WhyNoDecision is { } whyNot)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"remark\">Nothing is decided: {Text(whyNot)}</p>\n");
        }

        foreach (var model in content.Report.Models)
        {
            PageSection.Write(body, content, model);
        }

        return body.ToString();
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
}
