using Bench.Models.Cards;
using Bench.Models.Files;
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

    /// <summary>scikit-learn: <c>f1_score(truth, found, average='samples', zero_division=1)</c> of each row alone.</summary>
    [TestCase(new double[] { 0, 0, 0 }, new double[] { 0.1, 0.2, 0.3 }, 1, 0.8)]
    [TestCase(new double[] { 1, 1, 1 }, new double[] { 0.9, 0.8, 0.7 }, 1, 0.8)]
    [TestCase(new double[] { 0, 1, 1 }, new double[] { 0.9, 0.6, 0.1 }, 0.5, 0.8 / 3)]
    public void Score_SetsOfLabels_GivesF1(double[] truth, double[] output, double f1, double graded)
    {
        var score = new MultiLabelMetric(_ => truth, OutputValues.Probabilities).Score(0, output);

        Assert.That(score.Metric, Is.EqualTo(f1).Within(1e-12));
        Assert.That(score.Graded, Is.EqualTo(graded).Within(1e-12));
    }

    [Test]
    public void Score_Values_GivesTheMeanAbsoluteError() => Assert.That(
        new ValuesMetric(_ => [1, 2, -3]).Score(0, [1.5, 1, -3]), Is.EqualTo(new ImageScore(0.5, 0.5)));

    /// <summary>Four pixels, three classes, the background first; as MONAI's <c>compute_dice(include_background=False)</c>.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void Score_MasksOfClasses_GivesTheMeanOverClassesThatAreThere(bool isChannelsLast)
    {
        // Found: 0 1 1 0; true: 0 1 0 2.
        double[,] channels = { { 5, 0, 0, 5 }, { 0, 5, 5, 0 }, { 1, 1, 1, 1 } };
        var layout = MaskLayout.Of(isChannelsLast ? [1, 2, 2, 3] : [1, 3, 2, 2], [2, 2])!;
        var output = new double[12];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var pixel = 0; pixel < 4; pixel++)
            {
                output[layout.IndexOf(channel, pixel)] = channels[channel, pixel];
            }
        }

        var score = new ClassMaskMetric(_ => [0, 1, 0, 2], layout, OutputValues.Logits).Score(0, output);

        Assert.That(layout, Is.EqualTo(new MaskLayout(3, 4, isChannelsLast, true)));
        Assert.That(score.ByClass, Is.EqualTo(new double?[] { 2.0 / 3, 0 }));
        Assert.That((score.Metric, score.Inside), Is.EqualTo((1.0 / 3, 0.5)));
    }

    [Test]
    public void Score_MasksWithoutAnyClass_AreRight()
    {
        var layout = MaskLayout.Of([1, 2, 2, 2, 2], [2, 2, 2])!;
        var score = new ClassMaskMetric(_ => new double[8], layout, OutputValues.Logits).Score(0, [.. Enumerable.Range(0, 16).Select(i =>
            -i)]);

        Assert.That((score.Metric, score.Inside), Is.EqualTo((1.0, 0.0)));
        Assert.That(score.ByClass, Is.EqualTo(new double?[] { null }));
    }

    [Test]
    public void Score_MaskOfEachChannel_GivesEachItsDice()
    {
        var layout = MaskLayout.Of([1, 2, 1, 3], [2, 1, 3])!;
        var score = new ClassMaskMetric(_ => [1, 1, 0, 0, 0, 1], layout, OutputValues.Probabilities).Score(0, [0.9, 0.1, 0.1, 0.9, 0.1,
            0.9]);

        Assert.That(layout.HasClassNumbers, Is.False);
        Assert.That(score.ByClass, Is.EqualTo(new double?[] { 2.0 / 3, 2.0 / 3 }));
    }

    [TestCase("1,3,8,8", "8,8", "3 channels of 64 first, classes")]
    [TestCase("1,3,8,8", "1,8,8", "3 channels of 64 first, classes")]
    [TestCase("1,8,8,3", "8,8", "3 channels of 64 last, classes")]
    [TestCase("1,4,5,6,7", "5,6,7", "4 channels of 210 first, classes")]
    [TestCase("1,3,8,8", "3,8,8", "3 channels of 64 first, masks")]
    [TestCase("1,8,8,3", "8,8,3", "3 channels of 64 last, masks")]
    [TestCase("1,1,8,8", "8,8", null)]
    [TestCase("1,1,8,8", "1,8,8", null)]
    [TestCase("1,3,8,8", "7,8", null)]
    [TestCase("1,5", "5", null)]
    public void Of_OutputAndLabels_FindsHowTheyLie(string output, string labels, string? expected)
    {
        var layout = MaskLayout.Of(Shape(output), Shape(labels));

        Assert.That(layout is null ? null : $"{layout.Channels} channels of {layout.Pixels} {(layout.IsChannelsLast ? "last" : "first")}, "
            + (layout.HasClassNumbers ? "classes" : "masks"), Is.EqualTo(expected));
    }

    private static int[] Shape(string text) => [.. text.Split(',').Select(int.Parse)];
}
