using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Tests.Statistics.Paired;

public class EquivalenceTestTests
{
    /// <summary>R's <c>wilcox.test(d, mu = -2, alternative = "greater")</c> and <c>mu = 2, "less"</c> on Student's sleep data, without ties
    /// broken by round-off.</summary>
    [Test]
    public void Test_SleepData_GivesThePValuesOfR()
    {
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        var options = new SignedRankOptions { ZeroMethod = ZeroMethod.Wilcox, Method = PValueMethod.Normal, Continuity = true };
        var result = EquivalenceTest.Test(first, second, 2, options);

        Assert.That(result.PLower, Is.EqualTo(0.06301636469).Within(1e-9));
        Assert.That(result.PUpper, Is.EqualTo(0.002944635021).Within(1e-9));
        Assert.That(result.PValue, Is.EqualTo(result.PLower));
    }

    /// <summary>The test at 5 % and the 90 % Hodges–Lehmann interval say the same.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void Test_AnyUntiedDifferences_AgreesWithTheInterval(int seed, byte size, byte shift)
    {
        var random = new Random(seed);
        var differences = Array.ConvertAll(new double[5 + (size % 60)], _ => random.NextDouble() - 0.5 + (shift / 512.0));
        var zeros = new double[differences.Length];
        var interval = HodgesLehmann.Estimate(differences, 0.90).Interval!;
        var result = EquivalenceTest.Test(differences, zeros, 0.3);

        Assert.That(result.PValue <= 0.05, Is.EqualTo(interval.Lower > -0.3 && interval.Upper < 0.3));
        Assert.That(result.PAbove <= 0.05, Is.EqualTo(interval.Lower > 0.3));
        Assert.That(result.PBelow <= 0.05, Is.EqualTo(interval.Upper < -0.3));
    }

    [Test]
    public void Test_EqualPairs_AreEvidenceOfEquivalence()
    {
        var values = new double[20];
        var result = EquivalenceTest.Test(values, values, 0.01);

        Assert.That(result.PValue, Is.EqualTo(Math.Pow(2, -20)));
        Assert.That(result.PDifferent, Is.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Test_ImpossibleMargin_Throws(double margin) =>
        Assert.That(() => EquivalenceTest.Test([1], [1], margin), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
