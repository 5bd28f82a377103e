using System.Text.Json;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Tests.Statistics.Paired;

public class SignedRankTestTests
{
    /// <summary>Tolerance: both sides add up the same terms in another order, relative to the p-value.</summary>
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "wilcoxon" })]
    public void Test_CaseOfSciPy_GivesItsPValues(JsonElement golden)
    {
        var options = new SignedRankOptions
        {
            ZeroMethod = Enum.Parse<ZeroMethod>(golden.Text("zeroMethod"), ignoreCase: true),
            Method = Enum.Parse<PValueMethod>(golden.Text("method"), ignoreCase: true),
            Continuity = golden.GetProperty("continuity").GetBoolean(),
        };
        var result = SignedRankTest.Test(golden.Numbers("x"), golden.Numbers("y"), options);

        Assert.That(result.PValue, Is.EqualTo(golden.Number("p")).Within(1e-6).Percent);
        Assert.That(result.PLess, Is.EqualTo(golden.Number("less")).Within(1e-6).Percent);
        Assert.That(result.PGreater, Is.EqualTo(golden.Number("greater")).Within(1e-6).Percent);
    }

    /// <summary>Tolerance: relative, for R's exact distribution and its normal approximation (which leaves zeros out).</summary>
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "signed-rank-r" })]
    public void Test_CaseOfR_GivesItsStatisticAndPValues(JsonElement golden)
    {
        var isExact = golden.Text("kind") == "exact";
        var options = new SignedRankOptions
        {
            ZeroMethod = ZeroMethod.Wilcox,
            Method = isExact ? PValueMethod.Auto : PValueMethod.Normal,
            Continuity = golden.Number("continuity") == 1,
        };
        var result = SignedRankTest.Test(golden.Numbers("x"), golden.Numbers("y"), options);

        Assert.That(result.IsExact, Is.EqualTo(isExact));
        Assert.That(result.WPlus, Is.EqualTo(golden.Number("wPlus")));
        Assert.That(result.PValue, Is.EqualTo(golden.Number("p")).Within(1e-6).Percent);
        Assert.That(result.PLess, Is.EqualTo(golden.Number("less")).Within(1e-6).Percent);
        Assert.That(result.PGreater, Is.EqualTo(golden.Number("greater")).Within(1e-6).Percent);
    }

    [Test]
    public void Test_HollanderAndWolfesDepressionScores_GivesThePublishedResult()
    {
        double[] before = [1.83, .50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        double[] after = [.878, .647, .598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        var result = SignedRankTest.Test(after, before);

        Assert.That((result.WPlus, result.WMinus, result.Statistic), Is.EqualTo((5.0, 40.0, 5.0)));
        Assert.That(result.PValue, Is.EqualTo(0.0390625));
        Assert.That(result.RankBiserial, Is.EqualTo(-35.0 / 45).Within(1e-15));
    }

    [Test]
    public void Test_PingouinsExample_GivesItsRankBiserial()
    {
        double[] x = [20, 22, 19, 20, 22, 18, 24, 20, 19, 24, 26, 13];
        double[] y = [38, 37, 33, 29, 14, 12, 20, 22, 17, 25, 26, 16];
        var result = SignedRankTest.Test(
            x, y, new SignedRankOptions { ZeroMethod = ZeroMethod.Wilcox, Method = PValueMethod.Normal, Continuity = true });

        Assert.That(result.Statistic, Is.EqualTo(20.5));
        Assert.That(result.RankBiserial, Is.EqualTo(-0.378788).Within(1e-6));
        Assert.That(result.PValue, Is.EqualTo(0.285765).Within(1e-6));
    }

    /// <summary>The published critical values (Wilcoxon, Katti and Wilcox 1970): the largest statistic whose one-sided p-value does not
    /// exceed 0.05, 0.025, 0.01 and 0.005, for n from 5.</summary>
    [TestCase(0.05, new[]
    {
        0, 2, 3, 5, 8, 10, 13, 17, 21, 25, 30, 35, 41, 47, 53, 60, 67, 75, 83, 91, 100, 110, 119, 130, 140, 151, 163, 175, 187, 200, 213,
        227, 241, 256, 271, 286, 302, 319, 336, 353, 371, 389, 407, 426, 446, 466
    })]
    [TestCase(0.025, new[]
    {
        -1, 0, 2, 3, 5, 8, 10, 13, 17, 21, 25, 29, 34, 40, 46, 52, 58, 65, 73, 81, 89, 98, 107, 116, 126, 137, 147, 159, 170, 182, 195, 208,
        221, 235, 249, 264, 279, 294, 310, 327, 343, 361, 378, 396, 415, 434
    })]
    [TestCase(0.01, new[]
    {
        -1, -1, 0, 1, 3, 5, 7, 9, 12, 15, 19, 23, 27, 32, 37, 43, 49, 55, 62, 69, 76, 84, 92, 101, 110, 120, 130, 140, 151, 162, 173, 185,
        198, 211, 224, 238, 252, 266, 281, 296, 312, 328, 345, 362, 379, 397
    })]
    [TestCase(0.005, new[]
    {
        -1, -1, -1, 0, 1, 3, 5, 7, 9, 12, 15, 19, 23, 27, 32, 37, 42, 48, 54, 61, 68, 75, 83, 91, 100, 109, 118, 128, 138, 148, 159, 171,
        182, 194, 207, 220, 233, 247, 261, 276, 291, 307, 322, 339, 355, 373
    })]
    public void Cdf_PublishedTable_HasTheCriticalValues(double alpha, int[] critical)
    {
        for (var n = 5; n <= 50; n++)
        {
            var t = critical[n - 5];
            Assert.That(SignedRankDistribution.Cdf(n, t), Is.LessThanOrEqualTo(alpha), $"n = {n}");
            Assert.That(SignedRankDistribution.Cdf(n, t + 1), Is.GreaterThan(alpha), $"n = {n}");
        }
    }

    [TestCase(1000, true)]
    [TestCase(1001, false)]
    public void Test_WithoutTies_IsExactUpToAThousandPairs(int pairs, bool isExact)
    {
        var random = new Random(1);
        var x = Array.ConvertAll(new double[pairs], _ => random.NextDouble());

        Assert.That(SignedRankTest.Test(x, new double[pairs]).IsExact, Is.EqualTo(isExact));
    }

    [TestCase(60, true)]
    [TestCase(61, false)]
    public void Test_WithTies_IsExactUpToSixtyPairs(int pairs, bool isExact)
    {
        var x = Enumerable.Range(0, pairs).Select(i => 1.0 + (i / 2)).ToArray();

        Assert.That(SignedRankTest.Test(x, new double[pairs]).IsExact, Is.EqualTo(isExact));
        Assert.That(SignedRankTest.Test(x, new double[pairs], new SignedRankOptions { Method = PValueMethod.Exact }).IsExact, Is.True);
    }

    /// <summary>Exact and normal must meet where both hold.</summary>
    [Test]
    public void Test_ManyPairs_ExactAndNormalAgree()
    {
        var random = new Random(7);
        var x = Array.ConvertAll(new double[1000], _ => random.NextDouble() - 0.48);
        var exact = SignedRankTest.Test(x, new double[1000]);
        var normal = SignedRankTest.Test(x, new double[1000], new SignedRankOptions { Method = PValueMethod.Normal });

        Assert.That(normal.PValue, Is.EqualTo(exact.PValue).Within(2).Percent);
    }

    [Test]
    public void Test_ExactWithTooManyPairs_SaysSo() =>
        Assert.That(
            () => SignedRankTest.Test(
                Array.ConvertAll(new double[1001], _ => 1.0), new double[1001], new SignedRankOptions { Method = PValueMethod.Exact }),
            Throws.ArgumentException.With.Message.Contains("1001 pairs"));

    /// <summary>A few differences among very many zeros: the sign of each is a coin, whatever their ranks.</summary>
    [Test]
    public void Test_FewDifferencesAmongAMillionZeros_IsExact()
    {
        var x = new double[1_000_000];
        (x[5], x[500], x[50_000]) = (0.1, 0.2, 0.3);
        var result = SignedRankTest.Test(x, new double[x.Length]);

        Assert.That((result.IsExact, result.PValue, result.Zeros), Is.EqualTo((true, 0.25, 999_997)));
    }

    [Test]
    public void Test_AllEqual_HasPValueOneAndOnlyZeros([Values] ZeroMethod zeroMethod)
    {
        var result = SignedRankTest.Test([1, 2, 3], [1, 2, 3], new SignedRankOptions { ZeroMethod = zeroMethod });

        Assert.That((result.PValue, result.PLess, result.PGreater, result.Zeros, result.Pairs), Is.EqualTo((1.0, 1.0, 1.0, 3, 3)));
        Assert.That(result.RankBiserial, Is.EqualTo(0));
    }

    [Test]
    public void Test_OnePair_CanShowNothing() => Assert.That(SignedRankTest.Test([1], [2]).PValue, Is.EqualTo(1));

    /// <summary>Each pair of numbers differs by 0.1 when written down, and by other bits when subtracted.</summary>
    [Test]
    public void Test_RoundOff_BreaksNoTieAndMakesNoDifference()
    {
        var result = SignedRankTest.Test([0.3, 0.1, 1000.1, 0.1 + 0.2, 1e6 + 0.1], [0.2, 0.2, 1000, 0.3, 1e6 + 0.2]);

        Assert.That((result.WPlus, result.WMinus, result.Zeros, result.Ties), Is.EqualTo((7.0, 7.0, 1, 4)));
    }

    /// <summary>One huge pair must not drown the others in its round-off.</summary>
    [Test]
    public void Test_PairsOfVeryDifferentMagnitude_KeepTheirDifferences()
    {
        var result = SignedRankTest.Test([1e12, 2e-9, 3e-9], [0, 1e-9, 1e-9]);

        Assert.That((result.Zeros, result.Ties, result.WPlus), Is.EqualTo((0, 0, 6.0)));
    }

    [FsCheck.NUnit.Property]
    public void Test_Swapped_MirrorsEverything(FsCheck.NonEmptyArray<FsCheck.NormalFloat> values)
    {
        var x = Array.ConvertAll(values.Get, value => Math.Round(value.Get % 10, 1));
        var y = x.Reverse().ToArray();
        foreach (var zeroMethod in Enum.GetValues<ZeroMethod>())
        {
            var options = new SignedRankOptions { ZeroMethod = zeroMethod };
            var forward = SignedRankTest.Test(x, y, options);
            var backward = SignedRankTest.Test(y, x, options);

            Assert.That(backward.PValue, Is.EqualTo(forward.PValue).Within(1e-12));
            Assert.That((backward.WPlus, backward.Positives, backward.Ties), Is.EqualTo((forward.WMinus, forward.Negatives, forward.Ties)));
            Assert.That(backward.PLess, Is.EqualTo(forward.PGreater).Within(1e-12));
            Assert.That(forward.PValue, Is.InRange(0, 1));
        }
    }

    [FsCheck.NUnit.Property]
    public void Test_OrderAndScale_ChangeNothing(FsCheck.NonEmptyArray<FsCheck.NormalFloat> values, ushort seed)
    {
        var differences = Array.ConvertAll(values.Get, value => Math.Round(value.Get % 10, 1));
        var zeros = new double[differences.Length];
        var shuffled = differences.ToArray();
        new Random(seed).Shuffle(shuffled);
        var expected = SignedRankTest.Test(differences, zeros);

        Assert.That(SignedRankTest.Test(shuffled, zeros), Is.EqualTo(expected));
        Assert.That(SignedRankTest.Test(Array.ConvertAll(differences, d => d * 1024), zeros), Is.EqualTo(expected));
        Assert.That(SignedRankTest.Test(Array.ConvertAll(differences, d => d / 3), zeros), Is.EqualTo(expected));
    }

    [FsCheck.NUnit.Property]
    public void Test_RankSums_AddUp(FsCheck.NonEmptyArray<FsCheck.NormalFloat> values)
    {
        var x = Array.ConvertAll(values.Get, value => Math.Round(value.Get % 5));
        var n = x.Length;
        SignedRankResult Of(ZeroMethod method) => SignedRankTest.Test(x, new double[n], new SignedRankOptions { ZeroMethod = method });
        var zeros = Of(ZeroMethod.Pratt).Zeros;

        Assert.That(Of(ZeroMethod.Wilcox).WPlus + Of(ZeroMethod.Wilcox).WMinus, Is.EqualTo((n - zeros) * (n - zeros + 1) / 2.0));
        Assert.That(
            Of(ZeroMethod.Pratt).WPlus + Of(ZeroMethod.Pratt).WMinus, Is.EqualTo((n * (n + 1) / 2.0) - (zeros * (zeros + 1) / 2.0)));
        Assert.That(Of(ZeroMethod.ZSplit).WPlus + Of(ZeroMethod.ZSplit).WMinus, Is.EqualTo(n * (n + 1) / 2.0));
    }

    [TestCase(new double[0], new double[0])]
    [TestCase(new[] { 1.0 }, new[] { 1.0, 2.0 })]
    [TestCase(new[] { double.NaN }, new[] { 1.0 })]
    [TestCase(new[] { 1.0 }, new[] { double.PositiveInfinity })]
    [TestCase(new[] { double.MaxValue }, new[] { -double.MaxValue })]
    public void Test_ImpossibleInput_Throws(double[] x, double[] y) =>
        Assert.That(() => SignedRankTest.Test(x, y), Throws.ArgumentException);

    [Test]
    public void Test_AMillionPairs_AllocatesNothingButItsResult()
    {
        var random = new Random(3);
        var x = Array.ConvertAll(new double[1_000_000], _ => random.NextDouble());
        var y = Array.ConvertAll(x, value => value + (random.NextDouble() * 0.01) - 0.005);
        SignedRankTest.Test(x, y);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SignedRankTest.Test(x, y);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1024));
    }
}
