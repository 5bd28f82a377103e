using System.Globalization;
using System.Text;
using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Reports;

/// <summary>The table of a model with very many rows, as sweeps of batches and streams have them.</summary>
public class MarkdownCellsTests
{
    [Test]
    public void WriteTo_TwoHundredRows_ShowsTheCheapestAndTheOnesThatAreAlwaysShown()
    {
        var rows = Sweep();
        var lines = Table(rows);

        Assert.That(lines, Has.Count.EqualTo(MarkdownCells.MostRows));
        foreach (var row in rows.Where(row => row.CellId.IsPlain))
        {
            Assert.That(lines.Select(Label), Does.Contain(row.Label), "plain cells are the study's, and what variants are held against");
        }

        // The fastest is a plain one here.
        Assert.That(lines.Take(MarkdownCells.MostRows - 2).Select(Label), Is.EqualTo(
            rows.OrderBy(row => row.Cost!.UsdPerMillionImages).Take(MarkdownCells.MostRows - 2).Select(row => row.Label)));
    }

    [Test]
    public void WriteTo_TwoHundredRows_AreInOrderOfCostAndMarkedOnceForABackend()
    {
        var lines = Table(Sweep());

        Assert.That(Costs(lines), Is.Ordered);
        Assert.That(lines.Where(line => line.Contains("**", StringComparison.Ordinal)).Select(Label), Is.EqualTo([
            "m/openvino-cpu+batch=10+streams=10/fp32/linux-x64", "m/ort-cpu+batch=10+streams=10/fp32/linux-x64",
            "m/openvino-cpu/fp32/linux-x64",
        ]), "the cheapest of two backends, and the fastest");
    }

    [Test]
    public void WriteTo_MoreRowsThanAreShown_SaysHowManyAndWhere() =>
        Assert.That(Text(Sweep()), Does.Contain("160 more rows are in report.json and on the page"));

    [Test]
    public void Marks_BatchThatCostsLessAndTakesLonger_AreOnDifferentRows()
    {
        MeasurementRow[] rows = [Row("ort-cpu", 1, 1, imageMs: 10), Row("ort-cpu", 2, 1, imageMs: 9)];
        var marks = new RowMarks(rows);

        Assert.That(rows.Select(marks.IsCheapestOfItsBackend), Is.EqualTo([false, true]));
        Assert.That(rows.Select(marks.IsCheapestOfItsPrecision), Is.EqualTo([false, true]));
        Assert.That(rows.Select(marks.IsFastest), Is.EqualTo([true, false]), "a request of two images takes longer");
    }

    /// <summary>Two backends, ten batches and ten streams: the dearest are the plain ones.</summary>
    private static List<MeasurementRow> Sweep() =>
    [
        .. from backend in new[] { "ort-cpu", "openvino-cpu" }
           from batch in Enumerable.Range(1, 10)
           from streams in Enumerable.Range(1, 10)
           select Row(backend, batch, streams, 100 - (batch * 3) - (streams * 2.5) + (backend == "ort-cpu" ? 0.1 : 0)),
    ];

    private static MeasurementRow Row(string backend, int batch, int streams, double imageMs)
    {
        var id = $"m/{backend}{(batch == 1 ? string.Empty : $"+batch={batch}")}{(streams == 1 ? string.Empty : $"+streams={streams}")}"
            + "/fp32/linux-x64";
        return new MeasurementRow(new CellFacts { Id = CellId.Parse(id), Status = CellStatus.Measured })
        {
            RunId = "r",
            Label = id,
            Latency = LatencyEstimate.Published(imageMs * batch * streams),
            Throughput = ThroughputEstimate.Published(imageMs),
            Cost = new CostEstimate(imageMs / 10, null, imageMs / 10, imageMs / 10),
        };
    }

    private static string Text(IReadOnlyList<MeasurementRow> rows)
    {
        var text = new StringBuilder();
        MarkdownCells.WriteTo(text, new ModelReport
        {
            Id = "m",
            Title = "m",
            MetricName = null,
            GradedName = string.Empty,
            Margin = 0,
            ToleratedShare = 0,
            Rows = rows,
        });
        return text.ToString();
    }

    private static List<string> Table(IReadOnlyList<MeasurementRow> rows) =>
        [.. Text(rows).Split('\n').Where(line => line.StartsWith("| m/", StringComparison.Ordinal))];

    private static string Label(string line) => line.Split('|')[1].Trim();

    private static IEnumerable<double> Costs(IEnumerable<string> lines) => lines.Select(line => double.Parse(
        line.Split('|')[8].Trim(' ', '*').Split(' ')[0], CultureInfo.InvariantCulture));
}
