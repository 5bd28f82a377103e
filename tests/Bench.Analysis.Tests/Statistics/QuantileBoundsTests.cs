using System.Text.Json;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Statistics;

public class QuantileBoundsTests
{
    /// <summary>MLPerf's early stopping at 99 %: how many values it takes when 0, 1, 2, 5 and 10 exceed the quantile.</summary>
    [TestCase(0.50, new[] { 7, 11, 14, 22, 35 })]
    [TestCase(0.90, new[] { 44, 64, 81, 127, 197 })]
    [TestCase(0.95, new[] { 90, 130, 165, 259, 398 })]
    [TestCase(0.99, new[] { 459, 662, 838, 1307, 2010 })]
    [TestCase(0.999, new[] { 4603, 6636, 8403, 13105, 20140 })]
    public void MinimumCount_PublishedFloors_AreMet(double p, int[] counts) =>
        Assert.That(new[] { 0, 1, 2, 5, 10 }.Select(exceeding => QuantileBounds.MinimumCount(p, exceeding, 0.99)), Is.EqualTo(counts));

    /// <summary>R's <c>qbinom</c> gives the ranks.</summary>
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "quantile-bounds" })]
    public void Interval_CaseOfR_TakesItsRanks(JsonElement golden)
    {
        var n = (int)golden.Number("n");
        double[] ranks = [.. Enumerable.Range(1, n).Select(i => (double)i)];
        var interval = QuantileBounds.Interval(ranks, golden.Number("p"), 0.95);

        if (golden.Number("lower") < 1 || golden.Number("upper") > n)
        {
            Assert.That(interval, Is.Null);
        }
        else
        {
            Assert.That((interval!.Lower, interval.Upper), Is.EqualTo((golden.Number("lower"), golden.Number("upper"))));
        }
    }

    [Test]
    public void UpperBound_AtTheFloor_IsTheSecondLargest()
    {
        double[] values = [.. Enumerable.Range(1, 662).Select(i => (double)i)];

        Assert.That(QuantileBounds.UpperBound(values, 0.99, 0.99), Is.EqualTo(661));
        Assert.That(QuantileBounds.UpperBound(values.AsSpan(0, 458), 0.99, 0.99), Is.Null);
    }

    [TestCase(0, 0.9)]
    [TestCase(1, 0.9)]
    [TestCase(0.5, 0)]
    [TestCase(0.5, double.NaN)]
    public void Interval_OutOfRange_Throws(double p, double level) =>
        Assert.That(() => QuantileBounds.Interval([1.0], p, level), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
