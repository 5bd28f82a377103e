using System.Text.Json;
using Bench.Analysis.Statistics.TwoSamples;

namespace Bench.Analysis.Tests.Statistics.TwoSamples;

public class HodgesLehmannRatioTests
{
    /// <summary>Tolerance: relative, from the logarithms.</summary>
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "hodges-lehmann-ratio" })]
    public void Estimate_CaseOfR_GivesItsEstimateAndInterval(JsonElement golden)
    {
        var found = HodgesLehmannRatio.Estimate(golden.Numbers("x"), golden.Numbers("y"), 0.95);

        Assert.That(found.Ratio, Is.EqualTo(golden.Number("ratio")).Within(1e-10));
        Assert.That(found.Interval!.Lower, Is.EqualTo(golden.Number("lower")).Within(1e-10));
        Assert.That(found.Interval.Upper, Is.EqualTo(golden.Number("upper")).Within(1e-10));
    }

    [TestCase(3, 3, false)]
    [TestCase(4, 4, true)]
    [TestCase(1, 100, true)]
    [TestCase(1, 38, false)]
    public void Estimate_FewValues_HasAnIntervalOnlyWhereOneExists(int n, int m, bool exists) =>
        Assert.That(HodgesLehmannRatio.Estimate(Values(n), Values(m), 0.95).Interval is not null, Is.EqualTo(exists));

    /// <summary>Two launches of ten during which the machine was somebody else's must not decide.</summary>
    [Test]
    public void Estimate_TwoAccidentsInTen_HardlyMoves()
    {
        double[] clean = [1.00, 1.01, 0.99, 1.005, 0.995, 1.002, 0.998, 1.007, 0.993, 1.0];
        double[] disturbed = [1.00, 1.01, 1.80, 1.005, 0.995, 1.002, 1.75, 1.007, 0.993, 1.0];
        var found = HodgesLehmannRatio.Estimate(clean, disturbed, 0.95);

        Assert.That(found.Interval!.Upper, Is.LessThan(1.02));
        Assert.That(Welch.Ratio(clean, disturbed, 0.95).Interval!.Upper, Is.GreaterThan(1.2));
    }

    [FsCheck.NUnit.Property]
    public void Estimate_SwappedAndScaled_FollowsSuit(
        FsCheck.NonEmptyArray<FsCheck.PositiveInt> first, FsCheck.NonEmptyArray<FsCheck.PositiveInt> second)
    {
        var x = Array.ConvertAll(first.Get, v => (double)v.Get);
        var y = Array.ConvertAll(second.Get, v => (double)v.Get);
        var plain = HodgesLehmannRatio.Estimate(x, y, 0.9);
        var swapped = HodgesLehmannRatio.Estimate(y, x, 0.9);
        var scaled = HodgesLehmannRatio.Estimate(x, Array.ConvertAll(y, v => v * 8), 0.9);

        Assert.That(swapped.Ratio, Is.EqualTo(1 / plain.Ratio).Within(1e-9).Percent);
        Assert.That(scaled.Ratio, Is.EqualTo(8 * plain.Ratio).Within(1e-9).Percent);
        Assert.That(swapped.Interval is null, Is.EqualTo(plain.Interval is null));
    }

    /// <summary>Equal numbers say that they were rounded, not that nothing varies.</summary>
    [Test]
    public void Estimate_EqualValues_HaveNoInterval() =>
        Assert.That(HodgesLehmannRatio.Estimate([5.0, 5, 5, 5], [5.0, 5, 5, 5], 0.95).Interval, Is.Null);

    [TestCase(new double[0], new[] { 1.0 })]
    [TestCase(new[] { 0.0 }, new[] { 1.0 })]
    [TestCase(new[] { 1.0 }, new[] { double.NaN })]
    [TestCase(new[] { 1.0 }, new[] { double.PositiveInfinity })]
    public void Estimate_ImpossibleInput_Throws(double[] x, double[] y) =>
        Assert.That(() => HodgesLehmannRatio.Estimate(x, y, 0.95), Throws.ArgumentException);

    private static double[] Values(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];
}
