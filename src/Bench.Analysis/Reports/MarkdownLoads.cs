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
        foreach (var (place, row) in model.Rows.Where(row => row.Band is not null).Index())
        {
            text.Append(place == 0 ? "\n- " : "- ").Append(BandText.Of(row.Band!, row.Plan!)).Append('\n');
        }

        var rows = model.Rows.Where(row => row.Open is not null).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        text.Append("\nRequests that arrive at random moments, whether or not earlier ones are answered. ")
            .Append(Question(rows[0].Open!)).Append("\n\n");
        var table = new MarkdownTable(
            "measurement", "requests/s offered", "of what it can answer", "mean ms", "waiting in theory, ms", "late [CI98]", "answer",
            "requests counted", "busy cycles", "longest queue", "sent late, P99 ms");
        foreach (var row in rows)
        {
            var open = row.Open!;
            table.Add(
                row.Label,
                Figures.Text(open.OfferedRate, Figures.RateFormat(open.OfferedRate)),
                Figures.Share(open.Utilisation),
                open.Overload is null ? Figures.Ms(row.Latency?.MeanMs) : Figures.None,
                Figures.Ms(open.ExpectedWaitMs),
                Late(open),
                Answer(open),
                Figures.Text(open.Requests, "#,0"),
                Figures.Text(open.Cycles, "#,0"),
                Figures.Text(open.LongestQueue, "0"),
                Figures.Ms(open.LagP99Ms));
        }

        table.WriteTo(text);
        text.Append(Legend(rows[0].Open!));
        foreach (var row in rows.Where(row => row.Open!.Overload is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n`{row.Label}` was overloaded: {row.Open!.Overload}.\n");
        }
    }

    private static string Question(OpenLoadRow open) => open is { LimitMs: { } limit, Quantile: { } quantile }
        ? string.Create(CultureInfo.InvariantCulture,
            $"Are at most {Figures.Percent(1 - quantile)} of them answered later than {limit} ms after they were due?")
        : "Latency counts from when a request was due.";

    private static string Legend(OpenLoadRow open) =>
        "\n- mean: from when a request was due to its answer. waiting in theory: how long requests would wait for a free stream "
        + "on average, if each took as long as in the\n"
        + "  closed load. Where the mean is longer than both together, some requests take longer than others.\n"
        + $"- images/s and the cost in the table above are of {(open.LimitMs is null ? "all answers" : "the answers within the limit")}: "
        + "no more than the requests that came, while the machine is paid for when it waits, too.\n"
        + "- sent late: by how much requests that found a stream free were sent too late, because the machine was busy "
        + "with something else.\n"
        + (open.LimitMs is null ? string.Empty
            : "- A busy cycle ends when a request finds the streams as free as the first one of the cycle did. Late requests come together "
            + "in one cycle, so that cycles are\n"
            + "  judged. `met` and `missed` are wrong in at most 2 % of tests; `undecided`: neither is shown, and how many requests "
            + "it would take in all.\n");

    private static string Late(OpenLoadRow open) => open is
    {
        Overload: null, LateShare: { } share, LateShareLower: { } lower, LateShareUpper: { } upper
    }
        ? $"{Share(share)} [{Share(lower)}, {Share(upper)}]"
        : Figures.None;

    private static string Share(double share) => Figures.Text(100 * share, "0.00") + " %";

    private static string Answer(OpenLoadRow open) => open switch
    {
        { Overload: not null } => "overloaded",
        { Verdict: { } verdict, RequestsNeeded: { } needed } =>
            $"{EnumNames.Of(verdict)}: takes about {Figures.Text(needed, "#,0")} requests",
        { Verdict: { } verdict } => EnumNames.Of(verdict),
        _ => Figures.None,
    };
}
