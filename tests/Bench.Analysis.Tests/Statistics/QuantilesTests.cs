using System.Text.Json;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Statistics;

public class QuantilesTests
{
    [Test]
    public void NearestRank_CasesOfNumPy_GivesTheSameValues()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Repository.File("tests", "Bench.Analysis.Tests", "Data", "cases", "quantiles.json")));
        foreach (var c in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            double[] values = [.. c.GetProperty("values").EnumerateArray().Select(v => v.GetDouble())];
            var p = c.GetProperty("p").GetDouble();

            Assert.That(
                Quantiles.NearestRank(values, p), Is.EqualTo(c.GetProperty("quantile").GetDouble()), $"p = {p}, n = {values.Length}");
        }
    }

    // R 4.2: quantile(1:100, 0.07, type = 1) is 7, although 0.07 * 100 is 7.000000000000001 in floating point.
    [Test]
    public void NearestRank_ProductThatRoundsUp_StaysAtItsRank() =>
        Assert.That(Quantiles.NearestRank([.. Enumerable.Range(1, 100).Select(i => (double)i)], 0.07), Is.EqualTo(7));

    // MLPerf's early-stopping table at 99 % confidence, one sample over the limit.
    [TestCase(0.50, 11)]
    [TestCase(0.90, 64)]
    [TestCase(0.95, 130)]
    [TestCase(0.99, 662)]
    [TestCase(0.999, 6636)]
    public void MinimumCount_Percentile_IsThatOfEarlyStopping(double p, int expected) =>
        Assert.That(Quantiles.MinimumCount(p), Is.EqualTo(expected));

    [TestCase(0)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void NearestRank_ImpossibleShare_Throws(double p) =>
        Assert.That(() => Quantiles.NearestRank([1.0], p), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void NearestRank_NoValues_Throws() => Assert.That(() => Quantiles.NearestRank([], 0.5), Throws.ArgumentException);
}
