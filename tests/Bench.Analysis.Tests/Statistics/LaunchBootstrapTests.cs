using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Statistics;

public class LaunchBootstrapTests
{
    [Test]
    public void Mean_OneLaunch_KnowsNothing() => Assert.That(LaunchBootstrap.Mean([[1, 2, 3]], 0.99, 1), Is.Null);

    [Test]
    public void Mean_SameSeed_GivesTheSameInterval()
    {
        var launches = Launches(new Random(1), 3, 100, 0.1);

        var first = LaunchBootstrap.Mean(launches, 0.99, 5);
        var second = LaunchBootstrap.Mean(launches, 0.99, 5);

        Assert.That(second, Is.EqualTo(first));
        Assert.That(LaunchBootstrap.Mean(launches, 0.99, 6), Is.Not.EqualTo(first));
    }

    [Test]
    public void Mean_LaunchesThatDiffer_IsWiderThanIterationsAloneWouldSay()
    {
        // Within a launch nothing varies; between launches a lot does. Iterations alone would claim certainty.
        var interval = LaunchBootstrap.Mean([[.. Enumerable.Repeat(10.0, 200)], [.. Enumerable.Repeat(11.0, 200)], [.. Enumerable.Repeat(12.0, 200)]], 0.99, 1)!;

        Assert.That(interval.HalfWidth, Is.EqualTo(1).Within(0.05));
    }

    [FsCheck.NUnit.Property]
    public void Mean_Shifted_ShiftsTheInterval(FsCheck.NormalFloat shift)
    {
        var by = shift.Get % 1000;
        var launches = Launches(new Random(2), 4, 30, 0.2);
        var shifted = launches.Select(IReadOnlyList<double> (launch) => [.. launch.Select(v => v + by)]).ToList();
        var before = LaunchBootstrap.Mean(launches, 0.95, 3)!;
        var after = LaunchBootstrap.Mean(shifted, 0.95, 3)!;

        Assert.That(after.Lower - before.Lower, Is.EqualTo(by).Within(1e-9));
        Assert.That(after.Upper - before.Upper, Is.EqualTo(by).Within(1e-9));
    }

    /// <summary>
    /// Seeded simulation, neighbours correlated (0.5): with 20 launches the 95 % interval covers the truth about as often as it says. The
    /// percentile bootstrap is known to fall a little short with few units (here about 93 %); 400 runs have a standard error of 1.2 %.
    /// </summary>
    [Test]
    public void Mean_TwentyCorrelatedLaunches_CoversTheTruth()
    {
        var random = new Random(1910);
        var covered = 0;
        for (var i = 0; i < 400; i++)
        {
            var interval = LaunchBootstrap.Mean(Launches(random, 20, 40, 0.3), 0.95, i)!;
            covered += interval.Lower <= 10 && interval.Upper >= 10 ? 1 : 0;
        }

        Assert.That(covered / 400.0, Is.InRange(0.90, 0.98));
    }

    private static List<IReadOnlyList<double>> Launches(Random random, int launches, int iterations, double between)
    {
        var result = new List<IReadOnlyList<double>>();
        for (var k = 0; k < launches; k++)
        {
            var level = 10 + (between * Normal(random));
            var noise = 0.0;
            result.Add([.. Enumerable.Range(0, iterations).Select(_ => level + (noise = (0.5 * noise) + (0.5 * Normal(random))))]);
        }

        return result;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
