using Bench.Analysis.Statistics.Paired;
using MathNet.Numerics.Distributions;

namespace Bench.Simulations.Means;

/// <summary>
/// What the interval of a mean difference promises, one-sided at 95 %: that it fails in at most 5 % of samples, whether images differ
/// alike, in a skewed way, or a few of them are ruined. With fewer than five ruined images expected, none may be in the sample;
/// of those no interval can know.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public class MeanCoverageTests
{
    private const double Promised = 0.05;
    private const double RuinedBy = 0.98;

    /// <summary>Student's t, which the bound takes the place of, fails up to 16 % there:
    /// the row of five ruined images of a thousand.</summary>
    [Long]
    [Test]
    public void Upper_ThousandsOfSamples_FailsNoMoreThanItSays([Values] Differences differences, [Values(40, 300, 1000)] int images) =>
        Check(differences, images, 20_000, 0);

    /// <summary>The same with fewer samples, so that every test run would notice.</summary>
    [Test]
    public void Upper_SomeSamples_FailsNoMoreThanItSays([Values] Differences differences, [Values(40, 300)] int images) =>
        Check(differences, images, 1_000, 0.006);

    private static void Check(Differences differences, int images, int samples, double slack)
    {
        var random = new Random(1910);
        var truth = Truth(differences, images);
        var (failed, failedBelow) = (0, 0);
        for (var sample = 0; sample < samples; sample++)
        {
            var drawn = Draw(differences, images, random);
            failed += MeanBound.Upper(drawn, 1 - Promised, 1) < truth ? 1 : 0;
            failedBelow += -MeanBound.Upper([.. drawn.Select(value => -value)], 1 - Promised, 1) > truth ? 1 : 0;
        }

        // Two standard errors of the simulation beside the promise.
        var error = 2 * Math.Sqrt(Promised * (1 - Promised) / samples);
        TestContext.Out.WriteLine(
            $"{differences}, {images} images: above {100.0 * failed / samples:0.00} %, below {100.0 * failedBelow / samples:0.00} %");
        Assert.That((double)failed / samples, Is.AtMost(Promised + error + slack), "above");
        Assert.That((double)failedBelow / samples, Is.AtMost(Promised + error + slack), "below");
    }

    private static double[] Draw(Differences differences, int images, Random random)
    {
        var drawn = new double[images];
        for (var i = 0; i < images; i++)
        {
            drawn[i] = differences switch
            {
                Differences.Normal => 0.002 * Normal.Sample(random, 0, 1),
                Differences.LognormalHalf => 0.002 * Math.Exp(0.5 * Normal.Sample(random, 0, 1)),
                Differences.LognormalOne => 0.002 * Math.Exp(Normal.Sample(random, 0, 1)),
                Differences.FiveRuined => random.NextDouble() < 5.0 / images ? RuinedBy : 1e-4 * Normal.Sample(random, 0, 1),
                _ => random.NextDouble() < 10.0 / images ? RuinedBy * random.NextDouble() : 1e-4 * Normal.Sample(random, 0, 1),
            };
        }

        return drawn;
    }

    private static double Truth(Differences differences, int images) => differences switch
    {
        Differences.Normal => 0,
        Differences.LognormalHalf => 0.002 * Math.Exp(0.125),
        Differences.LognormalOne => 0.002 * Math.Exp(0.5),
        Differences.FiveRuined => RuinedBy * 5 / images,
        _ => RuinedBy / 2 * 10 / images,
    };

    /// <summary>How images differ.</summary>
    public enum Differences
    {
        /// <summary>Alike, about zero.</summary>
        Normal,

        /// <summary>Skewed.</summary>
        LognormalHalf,

        /// <summary>Very skewed.</summary>
        LognormalOne,

        /// <summary>Almost not, but for images that are ruined, five expected in a sample.</summary>
        FiveRuined,

        /// <summary>The same, ten expected, each ruined by another amount.</summary>
        TenPartlyRuined,
    }
}
