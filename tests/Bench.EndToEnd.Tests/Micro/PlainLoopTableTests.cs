using Bench.Analysis.Measurements;
using Bench.Benchmarks.Micro;

namespace Bench.EndToEnd.Tests.Micro;

/// <summary>What <c>plain-loop</c> says, of figures that nobody measured.</summary>
public class PlainLoopTableTests
{
    private static readonly PlainLoopRow Near = Row("unet/ort-cpu/fp32/linux-x64", (20, 20.2), (21, 20.8), (20.5, 20.5));
    private static readonly PlainLoopRow Far = Row("unet/ort-cpu+batch=4+streams=2/fp32/linux-x64", (107, 100), (104, 101), (109, 99));
    private static readonly PlainLoopRow Tiny = Row("mine/ort-cpu/fp32/linux-x64", (0.0123, 0.0125));

    private static readonly PlainLoopRow Broken =
        new(CellId.Parse("unet/ort-cpu+batch=2/fp32/linux-x64"), [], "exit code 4; there is not enough memory.");

    [Test]
    public void Text_RowsOfEveryKind_IsTheGoldenOne()
    {
        PlainLoopRow[][] tables = [[Near, Tiny], [Near, Far, Tiny], [Near, Broken], [Near, Far, Broken]];

        Golden.Match(
            string.Join("\n", tables.Select(rows => $"{PlainLoopTable.Text(rows)}exit code {PlainLoopTable.ExitCode(rows)}\n")),
            "tests", "Bench.EndToEnd.Tests", "Data", "golden", "plain-loop.txt");
    }

    [TestCase(1.049, true)]
    [TestCase(1.051, false)]
    [TestCase(0.951, true)]
    [TestCase(0.949, false)]
    public void IsWithin_RatioNearTheLimit_IsOnItsSide(double ratio, bool expected) => Assert.That(
        Row("m/ort-cpu/fp32/linux-x64", (10 * ratio, 10), (20 * ratio, 20)).IsWithin, Is.EqualTo(expected));

    [Test]
    public void Order_RoundAfterRound_BeginsWithTheOtherOne()
    {
        var rounds = Enumerable.Range(1, 4).Select(round => string.Join(' ', PlainLoopLaunch.Order(1910, round))).ToList();

        Assert.That(rounds, Is.EqualTo([
            "plain product product plain", "product plain plain product", "plain product product plain", "product plain plain product",
        ]));
        Assert.That(string.Join(' ', PlainLoopLaunch.Order(1911, 1)), Is.EqualTo(rounds[1]));
    }

    private static PlainLoopRow Row(string cell, params (double Product, double Plain)[] launches) => new(
        CellId.Parse(cell),
        [.. launches.Select(launch => new PlainLoopRecord(
            "product plain plain product", [launch.Product * 0.9, launch.Product * 1.1], [launch.Plain, launch.Plain]))],
        null);
}
