using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Statistics.Paired;

/// <summary>How often two classifiers were right and wrong on the same images.</summary>
/// <param name="BothRight">Images on which both were right.</param>
/// <param name="OnlyFirstRight">Images on which only the first was right.</param>
/// <param name="OnlySecondRight">Images on which only the second was right.</param>
/// <param name="BothWrong">Images on which both were wrong.</param>
public sealed record PairedOutcomes(int BothRight, int OnlyFirstRight, int OnlySecondRight, int BothWrong)
{
    /// <summary>All images.</summary>
    public int Count => BothRight + OnlyFirstRight + OnlySecondRight + BothWrong;

    /// <summary>Counts pairs of outcomes.</summary>
    /// <param name="first">1 for right and 0 for wrong, image by image.</param>
    /// <param name="second">The same of the second.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a value is neither 0 nor 1.</exception>
    public static PairedOutcomes Count2x2(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        if (first.Count != second.Count || first.Concat(second).Any(value => value is not (0 or 1)))
        {
            throw new ArgumentException(
                $"Found {first.Count} and {second.Count} outcomes; expected as many of both, each 0 or 1.", nameof(second));
        }

        var counts = new int[2, 2];
        for (var i = 0; i < first.Count; i++)
        {
            counts[(int)first[i], (int)second[i]]++;
        }

        return new PairedOutcomes(counts[1, 1], counts[1, 0], counts[0, 1], counts[0, 0]);
    }
}

/// <summary>McNemar's test of whether two classifiers are right equally often, and by how much they differ.
/// McNemar 1947, https://doi.org/10.1007/BF02295996.</summary>
internal static class McNemar
{
    /// <summary>The exact two-sided p-value: a sign test on the images on which they disagree.</summary>
    /// <param name="outcomes">The counts.</param>
    /// <returns>In (0, 1]; 1 if they never disagree.</returns>
    public static double ExactPValue(PairedOutcomes outcomes) => SignTest.PValue(outcomes.OnlyFirstRight, outcomes.OnlySecondRight);

    /// <summary>The interval of the first's share of right answers less the second's.</summary>
    /// <param name="outcomes">The counts; at least one image.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <returns>Tango's score interval, within [−1, 1].
    /// Tango 1998, https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C891::AID-SIM780%3E3.0.CO;2-B.</returns>
    /// <exception cref="ArgumentException">There are no images, or the level is out of range.</exception>
    public static ConfidenceInterval DifferenceInterval(PairedOutcomes outcomes, double level)
    {
        if (outcomes.Count < 1)
        {
            throw new ArgumentException("Found no images; expected at least one.", nameof(outcomes));
        }

        ConfidenceInterval.CheckLevel(level);

        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        var estimate = (outcomes.OnlyFirstRight - outcomes.OnlySecondRight) / (double)outcomes.Count;
        return new ConfidenceInterval(
            Solve(delta => Score(outcomes, delta) <= z, -1, estimate),
            -Solve(delta => -Score(outcomes, -delta) <= z, -1, -estimate), level);
    }

    /// <summary>The p-value of H0: the first's share of right answers exceeds the second's by a difference or less.
    /// Small where it is shown to exceed it by more.</summary>
    /// <param name="outcomes">The counts; at least one image.</param>
    /// <param name="difference">The difference, in (−1, 1).</param>
    /// <returns>In [0, 1], by Tango's score.</returns>
    public static double PAbove(PairedOutcomes outcomes, double difference) =>
        Normal.CDF(0, 1, -Score(outcomes.Count, outcomes.OnlyFirstRight, outcomes.OnlySecondRight, difference));

    /// <summary>How many images it takes to show that two classifiers are right equally often, if they go on as they did.</summary>
    /// <param name="outcomes">What was seen; at least one image.</param>
    /// <param name="margin">How far the shares of right answers may be apart, in (0, 1).</param>
    /// <param name="level">The confidence of the interval that must lie within the margin, in (0, 1).</param>
    /// <returns>The number; null if the shares seen are not within the margin, or if it is beyond counting.
    /// 268 for 1 % if they never disagree.</returns>
    public static int? ImagesToShow(PairedOutcomes outcomes, double margin, double level)
    {
        const int Most = 100_000_000;
        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        double n = outcomes.Count;
        var (b, c) = (outcomes.OnlyFirstRight / n, outcomes.OnlySecondRight / n);
        bool Suffice(double images) =>
            Score(images, b * images, c * images, margin) <= -z && Score(images, c * images, b * images, margin) <= -z;
        if (Math.Abs(b - c) >= margin || !Suffice(Most))
        {
            return null;
        }

        var (low, high) = (0, Most);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Suffice(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }

    private static double Score(PairedOutcomes outcomes, double delta) =>
        Score(outcomes.Count, outcomes.OnlyFirstRight, outcomes.OnlySecondRight, delta);

    /// <summary>How many standard deviations the observed difference lies above a true one, the other parameter being at its
    /// most likely value.</summary>
    private static double Score(double n, double b, double c, double delta)
    {
        var linear = -b - c + (((2 * n) - b + c) * delta);
        var constant = -c * delta * (1 - delta);
        var share = (Math.Sqrt(Math.Max(0, (linear * linear) - (8 * n * constant))) - linear) / (4 * n);
        var variance = n * ((2 * share) + (delta * (1 - delta)));
        var distance = b - c - (n * delta);
        return distance == 0 ? 0 : distance / Math.Sqrt(Math.Max(variance, double.Epsilon));
    }

    /// <summary>The smallest number that is accepted, between one that may not be and one that is.</summary>
    private static double Solve(Func<double, bool> isAccepted, double low, double high)
    {
        if (isAccepted(low))
        {
            return low;
        }

        for (var step = 0; step < 100; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = isAccepted(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
