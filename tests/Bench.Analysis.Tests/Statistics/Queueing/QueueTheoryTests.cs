using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Tests.Statistics.Queueing;

public class QueueTheoryTests
{
    [TestCase(0.5, 10, 5)]
    [TestCase(0.8, 10, 20)]
    [TestCase(0.9, 2, 9)]
    [TestCase(0, 10, 0)]
    public void MeanWaitMs_OneStream_IsPollaczekAndKhinchine(double utilisation, double service, double wait) =>
        Assert.That(QueueTheory.MeanWaitMs(utilisation, service), Is.EqualTo(wait).Within(1e-12));

    /// <summary>Of many streams that are hardly used nobody waits; nearly saturated they wait as one stream that is so many times as fast.
    /// </summary>
    [Test]
    public void MeanWaitMs_Streams_AreBetweenNoneAndOneFastStream()
    {
        Assert.That(QueueTheory.MeanWaitMs(0.1, 10, 8), Is.InRange(0, 1e-5));
        Assert.That(QueueTheory.MeanWaitMs(0.99, 10, 4), Is.EqualTo(QueueTheory.MeanWaitMs(0.99, 2.5)).Within(3).Percent);
        Assert.That(QueueTheory.MeanWaitMs(0.8, 10, 2), Is.LessThan(QueueTheory.MeanWaitMs(0.8, 5)));
    }

    [Test]
    public void MeanWaitMs_FromSaturationOn_IsInfinite([Values(1, 2)] int streams) =>
        Assert.That(QueueTheory.MeanWaitMs(1, 10, streams), Is.EqualTo(double.PositiveInfinity));

    [Test]
    public void MeanWaitMs_WrongNumbers_AreRefused()
    {
        Assert.That(() => QueueTheory.MeanWaitMs(-1, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => QueueTheory.MeanWaitMs(0.5, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => QueueTheory.MeanWaitMs(0.5, 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
