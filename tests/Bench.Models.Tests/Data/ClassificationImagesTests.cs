using System.Security.Cryptography;
using Bench.Models.Data;

namespace Bench.Models.Tests.Data;

public class ClassificationImagesTests
{
    private const ulong EvaluationSeed = 1910;
    private const ulong TrainingSeed = 3060;

    [Test]
    public void Draw_AnyThousandImages_AreBalanced()
    {
        var counts = Enumerable.Range(0, 1000).CountBy(ClassificationImages.Label).Select(label => label.Value);

        Assert.That(counts, Is.EqualTo(Enumerable.Repeat(100, ClassificationImages.ClassCount)));
    }

    [Test]
    public void Draw_Twice_GivesTheSameBytes()
    {
        var images = new ClassificationImages(EvaluationSeed, 64);

        Assert.That(Draw(images, 7), Is.EqualTo(Draw(new ClassificationImages(EvaluationSeed, 64), 7)));
    }

    [Test]
    public void Draw_TrainingAndEvaluationSeeds_ShareNoImage()
    {
        var hashes = new HashSet<string>();
        foreach (var seed in new[] { EvaluationSeed, TrainingSeed })
        {
            var images = new ClassificationImages(seed, 32);
            for (var i = 0; i < 6000; i++)
            {
                hashes.Add(Convert.ToHexString(SHA256.HashData(Draw(images, i))));
            }
        }

        Assert.That(hashes, Has.Count.EqualTo(12_000));
    }

    /// <summary>Colour, brightness and position alone must not tell the classes apart.</summary>
    [Test]
    public void Draw_NearestMeanOfThumbnails_StaysFarFromTheTarget()
    {
        var train = new ClassificationImages(TrainingSeed, 64);
        var evaluation = new ClassificationImages(EvaluationSeed, 64);
        var means = Enumerable.Range(0, ClassificationImages.ClassCount).Select(_ => new double[8 * 8 * 3]).ToArray();
        for (var i = 0; i < 1000; i++)
        {
            var thumbnail = Thumbnail(Draw(train, i));
            for (var k = 0; k < thumbnail.Length; k++)
            {
                means[ClassificationImages.Label(i)][k] += thumbnail[k] / 100;
            }
        }

        var right = Enumerable.Range(0, 500).Count(i =>
        {
            var thumbnail = Thumbnail(Draw(evaluation, i));
            return means.Index().MinBy(mean => mean.Item.Zip(thumbnail, (a, b) => (a - b) * (a - b)).Sum()).Index
                == ClassificationImages.Label(i);
        });

        Assert.That(right / 500.0, Is.LessThan(0.35));
    }

    [Test]
    public void Draw_WrongLength_Throws() =>
        Assert.That(
            () => new ClassificationImages(1).Draw(0, new byte[5]), Throws.ArgumentException.With.Message.Contains("expected 268203"));

    private static byte[] Draw(ClassificationImages images, int index)
    {
        var pixels = new byte[images.ImageLength];
        images.Draw(index, pixels);
        return pixels;
    }

    private static double[] Thumbnail(byte[] pixels)
    {
        var thumbnail = new double[8 * 8 * 3];
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    thumbnail[(((y / 8 * 8) + (x / 8)) * 3) + c] += pixels[(((y * 64) + x) * 3) + c] / 64.0;
                }
            }
        }

        return thumbnail;
    }
}
