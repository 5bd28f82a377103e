using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Tests.Statistics.Queueing;

/// <summary>Waiting where requests arrive at random and take equally long, against formulas that go another way.</summary>
public class ConstantServiceQueueTests
{
    private const double Tolerance = 1e-9;

    /// <summary>One stream has a closed form: A. K. Erlang 1909, in most textbooks
    /// P(W ≤ t) = (1 − ρ) Σ (−ρ(t − k))ᵏ e^(ρ(t − k)) / k!, over k up to t.</summary>
    [Test]
    public void WaitAtMost_OneStream_IsErlangs(
        [Values(0.05, 0.3, 0.5, 0.8, 0.9)] double utilisation, [Values(0, 0.25, 1, 1.5, 2.75, 6)] double wait)
    {
        var (sum, factorial) = (0.0, 1.0);
        for (var k = 0; k <= (int)wait; k++)
        {
            factorial *= Math.Max(1, k);
            sum += Math.Pow(-utilisation * (wait - k), k) * Math.Exp(utilisation * (wait - k)) / factorial;
        }

        Assert.That(new ConstantServiceQueue(utilisation).WaitAtMost(wait), Is.EqualTo((1 - utilisation) * sum).Within(Tolerance));
    }

    /// <summary>The area above the distribution is the mean, which Crommelin's formula has from incomplete gamma functions.</summary>
    [TestCase(0.5, 1)]
    [TestCase(0.9, 1)]
    [TestCase(0.9, 2)]
    [TestCase(0.7, 8)]
    [TestCase(0.9, 64)]
    [TestCase(0.9, 256)]
    [TestCase(0.95, 800)]
    public void WaitAtMost_SeveralStreams_HasCrommelinsMean(double utilisation, int streams)
    {
        const double Width = 1e-3;
        var queue = new ConstantServiceQueue(utilisation, streams);
        var area = 0.0;
        for (var wait = Width / 2; queue.WaitAtMost(wait) is < 1 - 1e-9 and var met; wait += Width)
        {
            area += Width * (1 - met);
        }

        Assert.That(area, Is.EqualTo(QueueTheory.MeanWaitMs(utilisation, 1, streams)).Within(1e-5));
    }

    [TestCase(0.9, 1, 0.99)]
    [TestCase(0.3, 4, 0.9999)]
    [TestCase(0.9, 200, 0.99)]
    public void WaitQuantile_Share_IsMetThereAndNotBelow(double utilisation, int streams, double share)
    {
        var queue = new ConstantServiceQueue(utilisation, streams);
        var wait = queue.WaitQuantile(share);

        Assert.That(queue.WaitAtMost(wait), Is.AtLeast(share));
        Assert.That(queue.WaitAtMost(wait * (1 - 1e-6)), Is.LessThan(share));
    }

    [Test]
    public void WaitQuantile_ShareThatDoesNotWait_IsZero() => Assert.That(new ConstantServiceQueue(0.05).WaitQuantile(0.9), Is.Zero);
}
