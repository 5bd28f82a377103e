using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Tests.Statistics.Queueing;

public class OpenLoadPlanTests
{
    [TestCase(0, 0.99, 6000)]
    [TestCase(0.5, 0.99, 30_000)]
    [TestCase(0.8, 0.99, 246_000)]
    [TestCase(0.9, 0.99, 1_086_000)]
    [TestCase(0.5, 0.9, 3000)]
    public void Requests_HalfTheShare_AreThose(double utilisation, double quantile, long requests) =>
        Assert.That(OpenLoadPlan.Requests(utilisation, quantile), Is.EqualTo(requests).Within(1));

    [Test]
    public void Requests_FromSaturationOn_IsNoPlan([Values(1, 1.5)] double utilisation)
    {
        Assert.That(OpenLoadPlan.Requests(utilisation, 0.99), Is.Null);
        Assert.That(OpenLoadPlan.Burst(utilisation), Is.Null);
        Assert.That(OpenLoadPlan.Tail(utilisation), Is.Null);
    }

    [Test]
    public void Requests_NearerToTheAllowedShare_AreMore()
    {
        long? Of(double share) => OpenLoadPlan.Requests(0.8, 0.99, share);

        Assert.That(Of(0.7), Is.GreaterThan(Of(0.5)!.Value));
        Assert.That(Of(1.3), Is.GreaterThan(Of(2)!.Value));
        Assert.That(Of(0.97), Is.Null);
        Assert.That(Of(1.03), Is.Null);
        Assert.That(Of(0), Is.Positive);
    }

    [TestCase(1, 0.9, 0)]
    [TestCase(4, 0.9, 0)]
    [TestCase(8, 0.8, 6)]
    [TestCase(32, 0.8, 25)]
    [TestCase(8, 0, 0)]
    [TestCase(8, 3, 7)]
    public void Level_Streams_IsWhatIsUnansweredOnAverage(int streams, double utilisation, int level) =>
        Assert.That(OpenLoadPlan.Level(streams, utilisation), Is.EqualTo(level));

    [Test]
    public void Requests_WrongNumbers_AreRefused()
    {
        Assert.That(() => OpenLoadPlan.Requests(-0.1, 0.99), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => OpenLoadPlan.Requests(double.NaN, 0.99), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => OpenLoadPlan.Requests(0.5, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => OpenLoadPlan.Requests(0.5, 0.99, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => OpenLoadPlan.Level(0, 0.5), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
