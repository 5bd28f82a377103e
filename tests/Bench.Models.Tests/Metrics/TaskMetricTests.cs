using Bench.Models.Cards;
using Bench.Models.Metrics;

namespace Bench.Models.Tests.Metrics;

public class TaskMetricTests
{
    // scipy.special.softmax([1.5, -0.25, 3.0]) = [0.17682018, 0.03072674, 0.79245308]
    [TestCase(0, 0, 0.17682018)]
    [TestCase(2, 1, 0.79245308)]
    public void Score_Logits_GivesSoftmaxOfTheTrueClass(int label, double metric, double graded)
    {
        var score = new ClassificationMetric([label], OutputValues.Logits).Score(0, [1.5f, -0.25f, 3f]);

        Assert.That(score.Metric, Is.EqualTo(metric));
        Assert.That(score.Graded, Is.EqualTo(graded).Within(1e-7));
    }

    [Test]
    public void Score_HugeLogits_DoesNotOverflow()
    {
        var score = new ClassificationMetric([1], OutputValues.Logits).Score(0, [3e38f, 3e38f]);

        Assert.That(score.Graded, Is.EqualTo(0.5));
    }

    [Test]
    public void Score_Probabilities_TakesThemAsTheyAre()
    {
        var score = new ClassificationMetric([1], OutputValues.Probabilities).Score(0, [0.25f, 0.75f]);

        Assert.That(score, Is.EqualTo(new ImageScore(1, 0.75)));
    }

    [TestCase(new byte[] { 1, 1, 0, 0 }, new[] { 5f, -1f, 2f, -3f }, 0.5)]
    [TestCase(new byte[] { 1, 1, 0, 0 }, new[] { 5f, 1f, -2f, -3f }, 1)]
    [TestCase(new byte[] { 1, 1, 0, 0 }, new[] { -5f, -1f, 2f, 3f }, 0)]
    [TestCase(new byte[] { 0, 0, 0, 0 }, new[] { -5f, -1f, -2f, -3f }, 1)]
    public void Score_Mask_GivesDice(byte[] mask, float[] output, double dice) => Assert.That(
        new SegmentationMetric(_ => mask, OutputValues.Logits).Score(0, Array.ConvertAll(output, value => (double)value)),
        Is.EqualTo(new ImageScore(dice, dice, output.Count(value => value > 0) / 4.0)));
}
