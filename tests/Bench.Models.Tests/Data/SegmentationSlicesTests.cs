using System.Security.Cryptography;
using Bench.Models.Data;

namespace Bench.Models.Tests.Data;

public class SegmentationSlicesTests
{
    [Test]
    public void Draw_EverySlice_HasALesionAndMoreBackground()
    {
        var slices = new SegmentationSlices(1910);
        for (var i = 0; i < 40; i++)
        {
            var (_, mask) = Draw(slices, i);
            Assert.That(mask.Sum(value => value), Is.InRange(30, mask.Length / 4));
            Assert.That(mask, Has.All.LessThanOrEqualTo(1));
        }
    }

    [Long]
    [Test]
    public void Draw_TrainingAndEvaluationSeeds_ShareNoSlice()
    {
        var hashes = new HashSet<string>();
        foreach (var (seed, count) in new[] { (1910UL, 40), (3060UL, 1200) })
        {
            var slices = new SegmentationSlices(seed);
            for (var i = 0; i < count; i++)
            {
                hashes.Add(Convert.ToHexString(SHA256.HashData(Draw(slices, i).Pixels)));
            }
        }

        Assert.That(hashes, Has.Count.EqualTo(1240));
    }

    /// <summary>A threshold, even the best one for each slice, must not find the lesions.</summary>
    [Test]
    public void Draw_BestThreshold_StaysFarFromTheTarget()
    {
        var slices = new SegmentationSlices(1910);
        var dice = Enumerable.Range(0, 40).Average(i =>
        {
            var (pixels, mask) = Draw(slices, i);
            return Enumerable.Range(64, 160).Max(threshold => Dice(pixels, mask, threshold));
        });

        Assert.That(dice, Is.LessThan(0.5));
    }

    private static double Dice(byte[] pixels, byte[] mask, int threshold)
    {
        var overlap = 0;
        var areas = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            var found = pixels[i] > threshold ? 1 : 0;
            overlap += found & mask[i];
            areas += found + mask[i];
        }

        return 2.0 * overlap / areas;
    }

    private static (byte[] Pixels, byte[] Mask) Draw(SegmentationSlices slices, int index)
    {
        var pixels = new byte[slices.ImageLength];
        var mask = new byte[slices.ImageLength];
        slices.Draw(index, pixels, mask);
        return (pixels, mask);
    }
}
