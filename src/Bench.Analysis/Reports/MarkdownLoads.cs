using System.Globalization;
using System.Text;
using Bench.Analysis.Json;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;

namespace Bench.Analysis.Reports;

/// <summary>Writes what was seen while requests arrived at a rate, and whether the limit is met.</summary>
internal static class MarkdownLoads
{
    public static void WriteTo(StringBuilder text, ModelReport model)
    {
        foreach (var row in model.Rows.Where(row => row.Band is not null))
        {
            text.Append("\n- ").Append(BandText.Of(row.Band!, row.Plan!)).Append('\n');
        }

        var rows = model.Rows.Where(row => row.Open is not null).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        text.Append("\nRequests that arrive at random moments, whether or not earlier ones are answered. ")
            .Append(Question(rows[0].Open!)).Append("\n\n");
        var table = new MarkdownTable(
            "measurement", "requests/s offered", "of saturation", "mean ms", "waiting, theory", "late [98 %]", "answer", "requests",
            "busy cycles", "longest queue", "sent late, P99 ms");
        foreach (var row in rows)
        {
            var open = row.Open!;
            table.Add(
                row.Label,
                Figures.Text(open.OfferedRate, Figures.RateFormat(open.OfferedRate)),
                Figures.Share(open.Utilisation),
                Figures.Ms(row.Latency?.MeanMs),
                Figures.Ms(open.ExpectedWaitMs),
                Late(open),
                Answer(open),
                Figures.Text(open.Requests, "#,0"),
                Figures.Text(open.Cycles, "#,0"),
                Figures.Text(open.LongestQueue, "0"),
                Figures.Ms(open.LagP99Ms));
        }

        table.WriteTo(text);
        foreach (var row in rows.Where(row => row.Open!.Overload is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n`{row.Label}` was overloaded: {row.Open!.Overload}.\n");
        }
    }

    private static string Question(OpenLoadRow open) => open is { LimitMs: { } limit, Quantile: { } quantile }
        ? string.Create(CultureInfo.InvariantCulture,
            $"Are at most {Figures.Percent(1 - quantile)} of them answered later than {limit} ms after they were due?")
        : "Latency counts from when a request was due.";

    private static string Late(OpenLoadRow open) => open is { LateShare: { } share, LateShareLower: { } lower, LateShareUpper: { } upper }
        ? $"{Share(share)} [{Share(lower)}, {Share(upper)}]"
        : Figures.None;

    private static string Share(double share) => Figures.Text(100 * share, "0.00") + " %";

    private static string Answer(OpenLoadRow open) => open switch
    {
        { Overload: not null } => "overloaded",
        { Verdict: { } verdict, RequestsNeeded: { } needed } => $"{EnumNames.Of(verdict)}: takes {Figures.Text(needed, "#,0")} requests",
        { Verdict: { } verdict } => EnumNames.Of(verdict),
        _ => Figures.None,
    };
}
