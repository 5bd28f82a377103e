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

    [TestCase(0, 0.9)]
    [TestCase(1, 0.9)]
    [TestCase(0.5, 0)]
    [TestCase(0.5, double.NaN)]
    public void MinimumCount_OutOfRange_Throws(double p, double level) =>
        Assert.That(() => QuantileBounds.MinimumCount(p, 1, level), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
