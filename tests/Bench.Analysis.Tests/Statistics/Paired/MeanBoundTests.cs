using System.Text.Json;
using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Tests.Statistics.Paired;

/// <summary>Cases that SciPy and a second implementation in Python computed: tests/oracles/make_bounds.py.</summary>
public class MeanBoundTests
{
    private static readonly JsonElement Cases = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests", "Bench.Analysis.Tests", "Data", "cases", "mean-bound.json"))).RootElement;

    private static IEnumerable<string> Sets => Cases.GetProperty("sets").EnumerateObject().Select(set => set.Name);

    [TestCaseSource(nameof(Sets))]
    public void Interval_CasesOfPython_AreTheSame(string name)
    {
        var set = Cases.GetProperty("sets").GetProperty(name);
        var values = set.Numbers("d");
        foreach (var confidence in new[] { 0.95, 0.975 })
        {
            var expected = set.Numbers(FormattableString.Invariant($"rec_{confidence}"));
            var interval = MeanBound.Interval(values, (2 * confidence) - 1, 1)!;

            Assert.That(new[] { interval.Lower, interval.Upper }, Is.EqualTo(expected).Within(1e-9), $"{confidence}");
            var student = set.Numbers(FormattableString.Invariant($"t_{confidence}"));
            Assert.That(interval.Lower <= student[0] + 1e-12 && interval.Upper >= student[1] - 1e-12, "never narrower than Student's");
        }

        Assert.That(MeanBound.PBelow(values, 0.01, 1), Is.EqualTo(set.Number("p_mean_below_0.01")).Within(1e-9));
        Assert.That(
            MeanBound.PBelow([.. values.Select(value => -value)], 0.01, 1), Is.EqualTo(set.Number("p_mean_above_-0.01")).Within(1e-9));
    }

    [TestCase("one_ruined_of_20")]
    [TestCase("lognormal_quantiles_40")]
    public void Upper_NothingKnownOfTheLargestPossible_IsThatOfPython(string name)
    {
        var set = Cases.GetProperty("sets").GetProperty(name);

        Assert.That(MeanBound.Upper(set.Numbers("d"), 0.95), Is.EqualTo(set.Numbers("rec_0.95_nocap")[1]).Within(1e-9));
    }

    /// <summary>The p-value and the bound are one statement.</summary>
    [Test]
    public void PBelow_AtTheBound_IsOneMinusTheConfidence([Values(0.9, 0.95, 0.99)] double confidence, [Values(2, 5, 40, 300)] int count)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(i => i % 7 == 0 ? random.NextDouble() : 0.01 * random.NextDouble()).ToArray();
        var bound = MeanBound.Upper(values, confidence, 1);

        Assert.That(MeanBound.PBelow(values, bound, 1), Is.EqualTo(1 - confidence).Within(1e-6));
    }

    [Test]
    public void Upper_TooFewOrEqualValues_SaysWhatIsKnown()
    {
        Assert.That(MeanBound.Upper([], 0.95), Is.EqualTo(double.PositiveInfinity));
        Assert.That(MeanBound.Upper([1], 0.95), Is.EqualTo(double.PositiveInfinity));
        Assert.That(MeanBound.Interval([1], 0.9), Is.Null);
        Assert.That(MeanBound.Upper([3, 3, 3], 0.95), Is.EqualTo(3));
        Assert.That(MeanBound.PBelow([3], 4), Is.EqualTo(1));
        Assert.That(() => MeanBound.Upper([1, 2], 1.5), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
