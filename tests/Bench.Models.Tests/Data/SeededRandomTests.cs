using Bench.Models.Data;

namespace Bench.Models.Tests.Data;

public class SeededRandomTests
{
    [Test]
    public void NextDouble_ManyDraws_HasTheMomentsOfTheUniform()
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).ToArray();

        // Five standard errors: 1/sqrt(12 n) for the mean.
        Assert.That(values.Average(), Is.EqualTo(0.5).Within(5 / Math.Sqrt(12 * 100_000.0)));
        Assert.That(values.Average(v => v * v), Is.EqualTo(1.0 / 3).Within(0.005));
        Assert.That(values, Has.All.GreaterThanOrEqualTo(0).And.All.LessThan(1));
    }

    [Test]
    public void NextNormal_ManyDraws_HasMeanZeroAndDeviationOne()
    {
        var random = new SeededRandom(2);
        var values = Enumerable.Range(0, 100_000).Select(_ => random.NextNormal()).ToArray();

        Assert.That(values.Average(), Is.EqualTo(0).Within(5 / Math.Sqrt(100_000.0)));
        Assert.That(values.Average(v => v * v), Is.EqualTo(1).Within(0.02));
    }

    [Test]
    public void NextInt_ManyDraws_CoversEveryValueEvenly()
    {
        var random = new SeededRandom(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.NextInt(7)]++;
        }

        Assert.That(counts, Has.All.InRange(9_500, 10_500));
    }

    [Test]
    public void NextDirection_Always_HasLengthOne()
    {
        var random = new SeededRandom(4);
        for (var i = 0; i < 1000; i++)
        {
            var (cos, sin) = random.NextDirection();
            Assert.That((cos * cos) + (sin * sin), Is.EqualTo(1).Within(1e-15));
        }
    }

    [Test]
    public void Constructor_OtherStream_GivesOtherNumbers()
    {
        var streams = Enumerable.Range(0, 1000).Select(stream => new SeededRandom(5, (ulong)stream).NextUInt64()).ToHashSet();

        Assert.That(streams, Has.Count.EqualTo(1000));
    }
}
