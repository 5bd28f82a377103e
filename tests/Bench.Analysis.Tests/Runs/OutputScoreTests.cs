using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

public class OutputScoreTests
{
    [Test]
    public void Of_SharesOfAllImages_AreTheMeanInTheOrderOfTheImages()
    {
        var score = OutputScore.Of([Share([1, 3], [1, 0], [0.9, 0.3]), Share([0, 2], [1, 1], [0.8, 0.7])], 4);

        Assert.That((score.Missing, score.Doubt), Is.EqualTo((0, (string?)null)));
        Assert.That((score.Metric!.Name, score.Metric.Value, score.Metric.GradedName), Is.EqualTo(("mean Dice", 0.75, "Dice")));
        Assert.That(score.Metric.PerImage, Is.EqualTo([1, 1, 1, 0]));
        Assert.That(score.Metric.Graded, Is.EqualTo([0.8, 0.9, 0.7, 0.3]));
    }

    [Test]
    public void Of_ImageOfSeveralLaunches_CountsOnceAsTheFirstSawIt()
    {
        var score = OutputScore.Of([Share([0, 1], [1, 0], [0.9, 0.1]), Share([1, 2], [1, 1], [0.8, 0.7])], 3);

        Assert.That(score.Metric!.PerImage, Is.EqualTo([1, 0, 1]));
        Assert.That(score.Metric.Graded, Is.EqualTo([0.9, 0.1, 0.7]));
    }

    [Test]
    public void Of_FewerImagesThanExpected_HasNoMetric()
    {
        var score = OutputScore.Of([Share([0, 2], [1, 1], [1, 1])], 5);

        Assert.That((score.Missing, score.Metric), Is.EqualTo((3, (TaskMetricFacts?)null)));
    }

    [Test]
    public void Of_NothingExpectedOrThere_HasNoMetric()
    {
        Assert.That(OutputScore.Of([], 0), Is.EqualTo(new OutputScore(0, null, null)));
        Assert.That(OutputScore.Of([], 2), Is.EqualTo(new OutputScore(2, null, null)));
    }

    [Test]
    public void Of_ImagesBeyondTheLast_AreNotCounted() =>
        Assert.That(OutputScore.Of([Share([0, 1, 7], [1, 0, 0], [1, 0, 0])], 2).Metric!.PerImage, Is.EqualTo([1, 0]));

    [TestCase(0.0, "empty")]
    [TestCase(1.0, "full")]
    public void Of_MasksThatAreAllTheSame_AreInDoubt(double inside, string what)
    {
        var share = Share([0, 1], [1, 1], [1, 1]);

        Assert.That(OutputScore.Of([share with { Inside = [inside, inside] }], 2).Doubt, Does.StartWith($"every mask is {what}: "));
        Assert.That(OutputScore.Of([share with { Inside = [inside, 0.5] }], 2).Doubt, Is.Null);
        Assert.That(OutputScore.Of([share with { Inside = [0, 1] }], 2).Doubt, Is.Null, "each of a kind, but not all of one");
    }

    private static OutputShare Share(int[] images, double[] metric, double[] graded) => new()
    {
        File = "outputs/0.npz",
        Images = images,
        MetricName = "mean Dice",
        GradedName = "Dice",
        Metric = metric,
        Graded = graded,
    };
}
