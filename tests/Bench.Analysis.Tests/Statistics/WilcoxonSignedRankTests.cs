using System.Text.Json;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Statistics;

public class WilcoxonSignedRankTests
{
    /// <summary>Tolerance: both sides add up the same few thousand terms in another order.</summary>
    [TestCaseSource(nameof(Cases))]
    public void Test_CaseOfSciPy_GivesItsPValue(double[] x, double[] y, double pValue) =>
        Assert.That(WilcoxonSignedRank.Test(x, y).PValue, Is.EqualTo(pValue).Within(1e-9));

    [FsCheck.NUnit.Property]
    public void Test_Swapped_HasTheSamePValue(FsCheck.NonEmptyArray<FsCheck.NormalFloat> values)
    {
        var x = Array.ConvertAll(values.Get, value => Math.Round(value.Get % 10, 1));
        var y = x.Reverse().ToArray();
        var forward = WilcoxonSignedRank.Test(x, y);
        var backward = WilcoxonSignedRank.Test(y, x);

        Assert.That(backward.PValue, Is.EqualTo(forward.PValue).Within(1e-12));
        Assert.That(backward.PositiveRankSum, Is.EqualTo(forward.NegativeRankSum));
        Assert.That(forward.PValue, Is.InRange(0, 1));
    }

    [Test]
    public void Test_AllEqual_HasPValueOneAndOnlyZeros()
    {
        var result = WilcoxonSignedRank.Test([1, 2, 3], [1, 2, 3]);

        Assert.That((result.PValue, result.Zeros, result.Pairs), Is.EqualTo((1.0, 3, 3)));
    }

    [Test]
    public void Test_RoundOff_BreaksNoTie()
    {
        // 0.3 - 0.2 and 0.2 - 0.1 differ in their last bit.
        var result = WilcoxonSignedRank.Test([0.3, 0.1], [0.2, 0.2]);

        Assert.That((result.PositiveRankSum, result.NegativeRankSum), Is.EqualTo((1.5, 1.5)));
    }

    [TestCase(new double[0], new double[0])]
    [TestCase(new[] { 1.0 }, new[] { 1.0, 2.0 })]
    [TestCase(new[] { double.NaN }, new[] { 1.0 })]
    public void Test_ImpossibleInput_Throws(double[] x, double[] y) =>
        Assert.That(() => WilcoxonSignedRank.Test(x, y), Throws.ArgumentException);

    private static IEnumerable<TestCaseData> Cases()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.File("tests", "Bench.Analysis.Tests", "Data", "cases", "wilcoxon.json")));
        foreach (var (i, c) in document.RootElement.GetProperty("cases").EnumerateArray().Index())
        {
            yield return new TestCaseData(Numbers(c, "x"), Numbers(c, "y"), c.GetProperty("pValue").GetDouble())
                .SetArgDisplayNames($"{i}-{c.GetProperty("name").GetString()}");
        }
    }

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
}
