using Bench.Analysis.Comparison;
using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Tests.Comparison;

/// <summary>
/// The number of launches that a gate advises: with so many that scatter alike it is decided, and with half of them it is not.
/// </summary>
public class LaunchesNeededTests
{
    private const double Threshold = 0.05;

    // Quiet runs, launches that scatter by 6 %; and 1 % in the ratio, which makes it harder.
    [TestCase(0.001, 1.00)]
    [TestCase(0.005, 1.00)]
    [TestCase(0.001, 1.01)]
    public void LaunchesNeeded_ThatMany_Decide(double between, double ratio)
    {
        var few = Ratio(8, between, ratio);
        var needed = few.LaunchesNeeded(1, Threshold)!.Value;

        Assert.That(TimeCheck.Of(TimeSubject.Mean, few, Threshold, false).IsPassed, Is.False);
        Assert.That(needed, Is.InRange(9, 200));
        Assert.That(TimeCheck.Of(TimeSubject.Mean, Ratio((int)needed, between, ratio), Threshold, false).IsPassed, $"{needed} launches");
        Assert.That(TimeCheck.Of(TimeSubject.Mean, Ratio((int)needed / 2, between, ratio), Threshold, false).IsPassed, Is.False,
            $"{needed / 2} launches");
    }

    [Test]
    public void LaunchesNeeded_RunsThatDifferByMoreThanTheThreshold_AreNeverEnough() =>
        Assert.That(Ratio(8, 0.03, 1).LaunchesNeeded(1, Threshold), Is.EqualTo(double.PositiveInfinity));

    [Test]
    public void LaunchesNeeded_ASingleLaunch_IsNotKnown() => Assert.That(Ratio(1, 0.001, 1).LaunchesNeeded(1, Threshold), Is.Null);

    /// <summary>Launches at the quantiles of a normal distribution, so that chance has no part in it.</summary>
    private static TimeRatio Ratio(int launches, double between, double ratio)
    {
        IReadOnlyList<IReadOnlyList<double>> Launches(double factor) =>
            [.. Enumerable.Range(0, launches).Select(i =>
                new[] { 1000 * factor * (1 + (0.06 * Normal.InvCDF(0, 1, (i + 0.5) / launches))) })];
        SideBenchmark Side(double factor) => new("X.A", null, Launches(factor), null, null, WasTried: true, null);
        var noise = new BetweenRuns(RunEvidence.NoiseFile)
        {
            Noise = new NoiseVariance(8, between * between, 0),
            Launches = (launches, launches),
        };
        return TimeRatio.Of(new MatchedPair("X.A", Side(1), Side(ratio)), TimeSubject.Mean, 0.95, noise);
    }
}
