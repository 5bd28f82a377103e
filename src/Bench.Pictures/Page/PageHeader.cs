using System.Globalization;
using System.Text;
using Bench.Analysis.Consoles;
using Bench.Analysis.Rendering;
using Bench.Analysis.Reports;
using static Bench.Pictures.Page.ReportPage;

namespace Bench.Pictures.Page;

/// <summary>The top of the page: what was measured, when, and what an hour of it costs.</summary>
internal static class PageHeader
{
    /// <summary>A line for each run.</summary>
    public static string Runs(Report report)
    {
        var lines = new StringBuilder("<ul class=\"runs\">\n");
        foreach (var run in report.Runs)
        {
            var when = run.Published is { } source
                ? $"published: {source.Source}"
                : string.Create(CultureInfo.InvariantCulture, $"measured {run.StartedUtc:yyyy-MM-dd}, profile {run.Profile}");
            lines.Append(CultureInfo.InvariantCulture,
                $"<li><strong>{Text(MachineText.Of(run.Machine))}</strong> <span>{Text(when)}; {Text(run.Id)}</span>");
            foreach (var caution in RunCautions.Of(run))
            {
                lines.Append(CultureInfo.InvariantCulture, $" <em class=\"caution\">{Text(Figures.Capital(caution))}</em>");
            }

            lines.Append("</li>\n");
        }

        return lines.Append("</ul>\n").ToString();
    }

    /// <summary>A field for each price of an hour.</summary>
    public static string Prices(IReadOnlyList<PagePrice> prices)
    {
        if (prices.Count == 0)
        {
            return string.Empty;
        }

        var fields = new StringBuilder("<fieldset class=\"prices\"><legend>USD an hour</legend>\n");
        foreach (var (i, price) in prices.Index())
        {
            var sold = price.Sold.Where(one => one.Whole > 1).MinBy(one => one.UsdPerHour / one.Holds) is { } whole
                ? string.Create(CultureInfo.InvariantCulture,
                    $"; sold as {whole.Provider} {whole.Instance}, which holds {whole.Whole:0}, at ${whole.UsdPerHour:0.####}")
                : string.Empty;
            var parts = price.Sold.Where(one => one.Whole > 1).Select(one => one.Whole).DefaultIfEmpty().Min();
            // Where somebody sells one alone, a price that a reader types is for one alone.
            var isAlone = price.Sold.Any(one => one.Whole <= 1);
            var inParts = parts > 1
                ? string.Create(CultureInfo.InvariantCulture,
                    $"<label><input type=\"checkbox\" class=\"in-parts\"{(isAlone ? string.Empty : " checked")}> sold ")
                    + FormattableString.Invariant($"{parts:0.##} at a time</label>")
                : string.Empty;
            fields.Append(CultureInfo.InvariantCulture, $"""
                <div data-price="{i}"><label><span>{(parts > 1 ? "one " : string.Empty)}{Text(price.Name)}</span>
                <input type="text" inputmode="decimal" class="price" placeholder="{price.UsdPerHour:0.####}"></label>
                {inParts} <small>{Text(price.Origin + sold)}</small></div>

                """);
        }

        return fields.Append("</fieldset>\n").ToString();
    }
}
