using System.Numerics.Tensors;

namespace Bench.Models.Quantization;

/// <summary>Counts of numbers in bins of one width, with zero in the middle.</summary>
/// <remarks>Twice over the same numbers: how wide they are spread is known before they are counted, so that memory stays bounded and the
/// order does not matter.</remarks>
public sealed class ValueHistogram
{
    /// <summary>How many bins there are.</summary>
    public const int Bins = 2048;

    // Of 128 levels, as signed 8-bit integers have on either side of zero; half of the bins that a range has at least.
    private const int Levels = 128;

    // 99.999 % of the numbers are within.
    private const double CutOff = 0.00001 / 2;

    // What bins without numbers count as: Kullback and Leibler's divergence knows no zero.
    private const double Smoothing = 1e-4;

    private readonly long[] _counts = new long[Bins];
    private readonly ActivationRange _seen;
    private readonly double _limit;

    /// <param name="seen">The smallest and the largest number.</param>
    public ValueHistogram(ActivationRange seen) => (_seen, _limit) = (seen, Math.Max(Math.Abs(seen.Min), Math.Abs(seen.Max)));

    /// <summary>Counts numbers.</summary>
    /// <param name="numbers">Finite numbers within what was seen.</param>
    public void Add(ReadOnlySpan<float> numbers)
    {
        if (_limit == 0)
        {
            _counts[Bins / 2] += numbers.Length;
            return;
        }

        var (perBin, limit) = (Bins / (2 * _limit), _limit);
        foreach (var number in numbers)
        {
            _counts[Math.Min(Bins - 1, (int)((number + limit) * perBin))]++;
        }
    }

    /// <summary>The range without the numbers that are furthest out.</summary>
    /// <returns>Where the counts reach 0.0005 % and 99.9995 %, within what was seen.</returns>
    public ActivationRange Percentile()
    {
        var total = (double)_counts.Sum();
        var (left, right, sum) = (-1, Bins - 1, 0.0);
        for (var bin = 0; bin < Bins; bin++)
        {
            sum += _counts[bin] / total;
            left = left < 0 && sum >= CutOff ? bin : left;
            if (sum >= 1 - CutOff)
            {
                right = bin;
                break;
            }
        }

        return Within(Edge(Math.Max(0, left)), Edge(right));
    }

    /// <summary>The range, as wide to either side of zero, whose numbers in 128 levels tell the most of what was counted.</summary>
    /// <remarks>For each width: the counts, with what is outside in the outermost bins, against the counts spread evenly over the bins of a
    /// level that have any. The smallest divergence wins, the narrowest of several.</remarks>
    public ActivationRange Entropy()
    {
        var (best, width) = (double.PositiveInfinity, Bins / 2);
        for (var half = Levels / 2; half <= Bins / 2; half++)
        {
            var (start, end) = ((Bins / 2) - half, Math.Min((Bins / 2) + half + 1, Bins));
            if (Divergence(start, end) is var divergence && divergence < best)
            {
                (best, width) = (divergence, half);
            }
        }

        return Within(Edge((Bins / 2) - width), Edge(Math.Min((Bins / 2) + width + 1, Bins)));
    }

    private double Divergence(int start, int end)
    {
        var inside = _counts.AsSpan(start, end - start);
        var clipped = inside.ToArray();
        clipped[0] += TensorPrimitives.Sum<long>(_counts.AsSpan(0, start));
        clipped[^1] += TensorPrimitives.Sum<long>(_counts.AsSpan(end));
        var spread = new double[clipped.Length];
        var merged = clipped.Length / Levels;
        for (var level = 0; level < Levels; level++)
        {
            var bins = new Range(level * merged, (level + 1) * merged);
            var filled = 0;
            foreach (var count in clipped.AsSpan(bins))
            {
                filled += count > 0 ? 1 : 0;
            }

            // What does not fill a level belongs to the last one.
            var sum = TensorPrimitives.Sum(level == Levels - 1 ? (ReadOnlySpan<long>)inside[bins.Start..] : inside[bins]);
            spread.AsSpan(bins).Fill(filled > 0 ? Math.Floor(sum / (double)filled) : 0);
        }

        return Smooth([.. clipped]) is { } p && Smooth(spread) is { } q ? KullbackLeibler(p, q) : double.PositiveInfinity;
    }

    /// <summary>Gives a little of every bin to those that have none; null where none has any.</summary>
    private static double[]? Smooth(double[] counts)
    {
        var empty = counts.Count(count => count == 0);
        if (empty == counts.Length)
        {
            return null;
        }

        var given = Smoothing * empty / (counts.Length - empty);
        for (var bin = 0; bin < counts.Length; bin++)
        {
            counts[bin] += counts[bin] == 0 ? Smoothing : -given;
        }

        return counts;
    }

    private static double KullbackLeibler(double[] p, double[] q)
    {
        var (ofP, ofQ, sum) = (p.Sum(), q.Sum(), 0.0);
        for (var bin = 0; bin < p.Length; bin++)
        {
            sum += p[bin] / ofP * Math.Log(p[bin] / ofP / (q[bin] / ofQ));
        }

        return sum;
    }

    private double Edge(int bin) => -_limit + (2 * _limit * bin / Bins);

    private ActivationRange Within(double low, double high) => new(Math.Max(low, _seen.Min), Math.Min(high, _seen.Max));
}
