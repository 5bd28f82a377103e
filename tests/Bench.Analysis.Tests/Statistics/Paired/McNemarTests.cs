using System.Text.Json;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Tests.Statistics.Paired;

public class McNemarTests
{
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "sign-test" })]
    public void PValues_CasesOfR_GiveThoseOfBinomTest(JsonElement golden)
    {
        var outcomes = new PairedOutcomes(5, (int)golden.Number("positive"), (int)golden.Number("negative"), 7);

        Assert.That(
            SignTest.PValue(outcomes.OnlyFirstRight, outcomes.OnlySecondRight), Is.EqualTo(golden.Number("p")).Within(1e-6).Percent);
        Assert.That(McNemar.ExactPValue(outcomes), Is.EqualTo(golden.Number("p")).Within(1e-6).Percent);
    }

    /// <summary>Tolerance: the oracle finds the other parameter's most likely value by a search, not by a formula.</summary>
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "paired-proportions" })]
    public void DifferenceInterval_CaseOfSciPy_InvertsTheScoreTest(JsonElement golden)
    {
        var counts = golden.Numbers("counts");
        var interval = McNemar.DifferenceInterval(
            new PairedOutcomes((int)counts[0], (int)counts[1], (int)counts[2], (int)counts[3]), golden.Number("level"));

        Assert.That(interval.Lower, Is.EqualTo(golden.Number("lower")).Within(1e-6));
        Assert.That(interval.Upper, Is.EqualTo(golden.Number("upper")).Within(1e-6));
    }

    /// <summary>Published: Tango 1998; Agresti and Min 2005; Fagerland, Lydersen and Laake 2014.</summary>
    [TestCase(4, 9, 3, 16, 0.95, -0.027, 0.390)]
    [TestCase(43, 0, 1, 0, 0.90, -0.096, 0.037)]
    [TestCase(53, 16, 8, 9, 0.95, -0.020, 0.207)]
    [TestCase(1, 1, 7, 12, 0.95, -0.517, -0.026)]
    [TestCase(59, 6, 16, 80, 0.95, -0.124, -0.005)]
    public void DifferenceInterval_PublishedExample_IsReproduced(
        int bothRight, int first, int second, int bothWrong, double level, double lower, double upper)
    {
        var interval = McNemar.DifferenceInterval(new PairedOutcomes(bothRight, first, second, bothWrong), level);

        Assert.That((Math.Round(interval.Lower, 3), Math.Round(interval.Upper, 3)), Is.EqualTo((lower, upper)));
    }

    [FsCheck.NUnit.Property]
    public void DifferenceInterval_Swapped_IsMirrored(byte bothRight, byte first, byte second, byte bothWrong)
    {
        var interval = McNemar.DifferenceInterval(new PairedOutcomes(bothRight + 1, first, second, bothWrong), 0.95);
        var mirrored = McNemar.DifferenceInterval(new PairedOutcomes(bothRight + 1, second, first, bothWrong), 0.95);

        Assert.That(mirrored.Lower, Is.EqualTo(-interval.Upper).Within(1e-9));
        Assert.That((first - second) / (double)(bothRight + 1 + first + second + bothWrong), Is.InRange(interval.Lower, interval.Upper));
        Assert.That(interval.Lower, Is.InRange(-1, interval.Upper));
        Assert.That(interval.Upper, Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Count2x2_Outcomes_AreCounted() =>
        Assert.That(PairedOutcomes.Count2x2([1, 1, 0, 0, 1], [1, 0, 1, 0, 0]), Is.EqualTo(new PairedOutcomes(1, 2, 1, 1)));

    [TestCase(new[] { 1.0 }, new double[0])]
    [TestCase(new[] { 0.5 }, new[] { 1.0 })]
    public void Count2x2_WhatAreNoOutcomes_Throws(double[] first, double[] second) =>
        Assert.That(() => PairedOutcomes.Count2x2(first, second), Throws.ArgumentException);
}
