using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Tests.Statistics.Queueing;

public class CycleSumsTests
{
    private static readonly BusyCycle[] Cycles = [new(3, 2), new(2, 0), new(5, 1), new(1, 0)];

    [Test]
    public void Of_FourCycles_AreTheSums() => Assert.That(CycleSums.Of(Cycles), Is.EqualTo(new CycleSums
    {
        Cycles = 4,
        LateCycles = 2,
        Requests = 11,
        Late = 3,
        LongestCycle = 5,
        MostLate = 2,
        LateSquared = 5,
        LateTimesRequests = 11,
        RequestsSquared = 39,
    }));

    [Test]
    public void Add_CyclesOfTwoLaunches_IsWhatAllOfThemGive() =>
        Assert.That(CycleSums.Of(Cycles[..2]) + CycleSums.Of(Cycles[2..]), Is.EqualTo(CycleSums.Of(Cycles)));

    [Test]
    public void Of_Nothing_IsNothing() => Assert.That(CycleSums.Of([]), Is.EqualTo(default(CycleSums)));

    /// <summary>(2 − 0.3)² + (0 − 0.2)² + (1 − 0.5)² + (0 − 0.1)².</summary>
    [Test]
    public void SquaredDeviations_FourCycles_AreThose() =>
        Assert.That(CycleSums.Of(Cycles).SquaredDeviations(0.1), Is.EqualTo(2.89 + 0.04 + 0.25 + 0.01).Within(1e-12));
}
