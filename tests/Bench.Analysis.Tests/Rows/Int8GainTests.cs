using Bench.Analysis.Rows;

namespace Bench.Analysis.Tests.Rows;

/// <summary>What int8 is worth, from times of the same rounds.</summary>
public class Int8GainTests
{
    private const string Computed = "19 of 23 convolutions and matrix products computed in integers; the processor has avx512_vnni";

    [TestCase(10.0, 20.0, 0.01, Int8Verdict.Faster, "int8 is faster here: 2.00 times as fast as fp32 [1.9")]
    [TestCase(20.0, 20.1, 0.001, Int8Verdict.GainsNothing, "int8 gains nothing here: 1.01 times as fast as fp32 [1.0")]
    [TestCase(20.0, 17.2, 0.01, Int8Verdict.Slower, "int8 is slower here: 0.86 times as fast as fp32 [0.8")]
    [TestCase(20.0, 20.4, 0.05, Int8Verdict.NotShown, "whether int8 gains anything here is not shown: 1.02 times as fast as fp32 [0.9")]
    public void Of_TimesOfFiveRounds_SaysWhatIsShown(double int8, double fp32, double scatter, Int8Verdict verdict, string text)
    {
        double[] signs = [1, -1, 0.5, -0.5, 0];

        var gain = Int8Gain.Of([.. signs.Select(sign => int8 * (1 + (scatter * sign)))], [.. signs.Select(_ => fp32)], Computed);

        Assert.That(gain.Verdict, Is.EqualTo(verdict));
        Assert.That(gain.Text, Does.StartWith(text).And.EndWith($"]; {Computed}."));
    }

    /// <summary>What hits both in a round is no scatter.</summary>
    [Test]
    public void Of_RoundsThatDifferTogether_AreCompared()
    {
        double[] rounds = [1, 1.3, 0.9, 1.1, 1.2];

        var gain = Int8Gain.Of([.. rounds.Select(round => 10 * round)], [.. rounds.Select(round => 15 * round * (1 + (0.01 * round)))],
            Computed);

        Assert.That(gain.Verdict, Is.EqualTo(Int8Verdict.Faster));
        Assert.That(gain.Interval!.Lower, Is.GreaterThan(1.5));
    }

    [Test]
    public void Of_OneRound_ShowsNothing() => Assert.That(
        Int8Gain.Of([10], [20], Computed).Text,
        Is.EqualTo($"whether int8 gains anything here is not shown: 2.00 times as fast as fp32, from one launch; {Computed}."));
}
