using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Tests.Statistics.Queueing;

public class BusyCyclesTests
{
    // One stream, 10 ms a request. The second waits 7 ms, the third 14 and the fifth 6; the others find the stream free.
    private static readonly double[] Due = [0, 3, 6, 40, 44, 60];
    private static readonly double[] Done = [10, 20, 30, 50, 60, 70];

    [Test]
    public void Split_OneStream_BeginsWhereAllIsAnswered()
    {
        var cycles = BusyCycles.Split(Due, Done, 16.5);

        Assert.That(cycles.Cycles, Is.EqualTo([new BusyCycle(3, 2), new BusyCycle(2, 0), new BusyCycle(1, 0)]));
        Assert.That(cycles.IsCut, "nobody knows whether the last one would have gone on");
    }

    [Test]
    public void Split_LatencyIsTheLimit_IsNotLate() =>
        Assert.That(BusyCycles.Split(Due, Done, 17).Cycles[0], Is.EqualTo(new BusyCycle(3, 1)));

    [Test]
    public void Split_CountedTime_CountsCyclesThatBeginInItToTheirEnd()
    {
        var cycles = BusyCycles.Split(Due, Done, 16.5, fromMs: 1, untilMs: 42);

        Assert.That(cycles.Cycles, Is.EqualTo([new BusyCycle(2, 0)]), "the first began before, and the last after it");
        Assert.That(cycles.IsCut, Is.False);
    }

    /// <summary>The end of the counted time is in the first cycle, and its last request comes later.</summary>
    [Test]
    public void Split_TimeEndsInACycle_CountsTheRestOfIt() => Assert.That(
        BusyCycles.Split(Due, Done, 16.5, untilMs: 1).Cycles, Is.EqualTo([new BusyCycle(3, 2)]));

    [Test]
    public void Split_NothingBeginsInTheTime_IsEmpty()
    {
        var cycles = BusyCycles.Split(Due, Done, 16.5, fromMs: 61);

        Assert.That(cycles.Cycles, Is.Empty);
        Assert.That(cycles.IsCut, Is.False);
    }

    /// <summary>Two streams, answers out of order: the second request is short, the first one long.</summary>
    [Test]
    public void Split_TwoStreams_WaitsForTheLongOneToo() => Assert.That(
        BusyCycles.Split([0, 1, 5, 31], [30, 4, 9, 40], 20).Cycles, Is.EqualTo([new BusyCycle(3, 1), new BusyCycle(1, 0)]));

    /// <summary>The same, but cycles begin where one request is unanswered.</summary>
    [Test]
    public void Split_Level_BeginsWhereSoManyAreUnanswered() => Assert.That(
        BusyCycles.Split([0, 1, 5, 31], [30, 4, 9, 40], 20, level: 1).Cycles, Is.EqualTo([new BusyCycle(1, 0), new BusyCycle(2, 0)]));

    [Test]
    public void Split_RequestIsNeverAnswered_IsLateAndEndsNothing()
    {
        var cycles = BusyCycles.Split([0, 20, 40, 60], [10, double.PositiveInfinity, 50, 70], 15);

        Assert.That(cycles.Cycles, Is.EqualTo([new BusyCycle(1, 0), new BusyCycle(3, 1)]));
        Assert.That(cycles.IsCut);
    }

    [Test]
    public void Split_NoRequests_IsEmpty() => Assert.That(BusyCycles.Split([], [], 1).Cycles, Is.Empty);

    [TestCase(new[] { 0.0, 1 }, new[] { 1.0 }, 1)]
    [TestCase(new[] { 1.0, 0 }, new[] { 2.0, 2 }, 1)]
    [TestCase(new[] { 1.0 }, new[] { 0.5 }, 1)]
    [TestCase(new[] { double.NaN }, new[] { 1.0 }, 1)]
    [TestCase(new[] { 0.0 }, new[] { double.NaN }, 1)]
    [TestCase(new[] { 0.0 }, new[] { 1.0 }, 0)]
    [TestCase(new[] { 0.0 }, new[] { 1.0 }, double.NaN)]
    public void Split_WrongTimes_AreRefused(double[] due, double[] done, double limit) =>
        Assert.That(() => BusyCycles.Split(due, done, limit), Throws.ArgumentException);

    /// <summary>Whatever the load and the limit, cycles have all requests between them, and all late ones.</summary>
    [FsCheck.NUnit.Property]
    public void Split_AnyLaunch_LosesNoRequest(int seed, byte streams, byte load)
    {
        var random = new Random(seed);
        var (due, done, time) = (new double[200], new double[200], 0.0);
        for (var i = 0; i < due.Length; i++)
        {
            due[i] = time += -Math.Log(1 - random.NextDouble()) * (1 + load) / 50;
            done[i] = time + (random.NextDouble() * (1 + (streams % 8)));
        }

        var sums = CycleSums.Of(BusyCycles.Split(due, done, 1).Cycles);

        Assert.That(sums.Requests, Is.EqualTo(due.Length));
        Assert.That(sums.Late, Is.EqualTo(due.Zip(done).Count(request => request.Second - request.First > 1)));
    }
}
