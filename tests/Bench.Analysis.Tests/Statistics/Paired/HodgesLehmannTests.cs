using System.Text.Json;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Tests.Statistics.Paired;

public class HodgesLehmannTests
{
    /// <summary>Tolerance: halving before adding may differ from adding before halving by a unit in the last place.</summary>
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "hodges-lehmann" })]
    public void Estimate_CaseOfR_GivesItsEstimateAndInterval(JsonElement golden)
    {
        var found = HodgesLehmann.Estimate(golden.Numbers("differences"), golden.Number("level"));

        Assert.That(found.Value, Is.EqualTo(golden.Number("estimate")).Within(1e-14));
        Assert.That(found.Interval!.Lower, Is.EqualTo(golden.Number("lower")).Within(1e-14));
        Assert.That(found.Interval.Upper, Is.EqualTo(golden.Number("upper")).Within(1e-14));
    }

    [Test]
    public void Estimate_HollanderAndWolfesDepressionScores_GivesThePublishedResult()
    {
        var found = HodgesLehmann.Estimate([-.952, .147, -1.022, -.43, -.62, -.59, -.49, .08, -.01], 0.95);

        Assert.That(found.Value, Is.EqualTo(-0.46).Within(1e-12));
        Assert.That(found.Interval, Is.EqualTo(new ConfidenceInterval(-0.786, -0.010, 0.95)).Using<ConfidenceInterval>(
            (a, b) => Math.Abs(a.Lower - b.Lower) < 1e-12 && Math.Abs(a.Upper - b.Upper) < 1e-12));
    }

    /// <summary>Against all n (n + 1) / 2 averages, formed and sorted.</summary>
    [FsCheck.NUnit.Property]
    public void Estimate_AnyDifferences_IsTheMedianOfTheWalshAverages(FsCheck.NonEmptyArray<FsCheck.NormalFloat> values)
    {
        var differences = Array.ConvertAll(values.Get, value => value.Get);
        var averages = differences.SelectMany((a, i) => differences.Skip(i).Select(b => (a / 2) + (b / 2))).Order().ToArray();
        var expected = (averages[(averages.Length - 1) / 2] / 2) + (averages[averages.Length / 2] / 2);

        Assert.That(HodgesLehmann.Estimate(differences, 0.9).Value, Is.EqualTo(expected));
    }

    [FsCheck.NUnit.Property]
    public void Estimate_ShiftedAndNegated_FollowsSuit(FsCheck.NonEmptyArray<int> values, short shift)
    {
        var differences = Array.ConvertAll(values.Get, value => (double)value);
        var plain = HodgesLehmann.Estimate(differences, 0.9);
        var shifted = HodgesLehmann.Estimate(Array.ConvertAll(differences, d => d + shift), 0.9);
        var negated = HodgesLehmann.Estimate(Array.ConvertAll(differences, d => -d), 0.9);

        Assert.That(shifted.Value, Is.EqualTo(plain.Value + shift));
        Assert.That(negated.Value, Is.EqualTo(-plain.Value));
        Assert.That(shifted.Interval?.Lower, Is.EqualTo(plain.Interval?.Lower + shift));
        Assert.That(negated.Interval?.Lower, Is.EqualTo(-plain.Interval?.Upper));
    }

    [TestCase(4, 0.90, false)]
    [TestCase(5, 0.90, true)]
    [TestCase(5, 0.95, false)]
    [TestCase(6, 0.95, true)]
    public void Estimate_FewDifferences_HasAnIntervalOnlyWhereOneExists(int count, double level, bool exists) =>
        Assert.That(
            HodgesLehmann.Estimate([.. Enumerable.Range(1, count).Select(i => (double)i)], level).Interval is not null, Is.EqualTo(exists));

    /// <summary>Beyond 1,000 differences the ranks come from the normal approximation, which must be where the exact ones are.</summary>
    [Test]
    public void Estimate_JustBeyondTheExactDistribution_ChangesLittle()
    {
        var random = new Random(11);
        var differences = Array.ConvertAll(new double[1001], _ => random.NextDouble());
        var exact = HodgesLehmann.Estimate(differences.AsSpan(0, 1000), 0.95).Interval!;
        var normal = HodgesLehmann.Estimate(differences, 0.95).Interval!;

        Assert.That(normal.HalfWidth, Is.EqualTo(exact.HalfWidth).Within(1).Percent);
    }

    [Test]
    public void Estimate_HugeAndTinyDifferences_DoesNotOverflow()
    {
        var found = HodgesLehmann.Estimate([double.MaxValue, double.MaxValue, -double.MaxValue], 0.5);

        // Averages: −max, 0, 0, max, max, max.
        Assert.That(found.Value, Is.EqualTo(double.MaxValue / 2));
    }

    [TestCase(new double[0], 0.9)]
    [TestCase(new[] { double.NaN }, 0.9)]
    [TestCase(new[] { 1.0 }, 0.0)]
    [TestCase(new[] { 1.0 }, 1.0)]
    [TestCase(new[] { 1.0 }, double.NaN)]
    public void Estimate_ImpossibleInput_Throws(double[] differences, double level) =>
        Assert.That(() => HodgesLehmann.Estimate(differences, level), Throws.InstanceOf<ArgumentException>());
}
