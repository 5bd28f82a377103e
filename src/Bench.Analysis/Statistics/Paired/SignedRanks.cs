using System.Buffers;

namespace Bench.Analysis.Statistics.Paired;

/// <summary>The ranks of paired differences by magnitude, summed by sign. Ranks are doubled, so that mid-ranks are whole numbers.</summary>
/// <param name="Pairs">How many pairs there are.</param>
/// <param name="Zeros">How many do not differ.</param>
/// <param name="Positives">How many are above zero.</param>
/// <param name="Ties">How many that are not zero share their magnitude.</param>
/// <param name="DoubledPlus">Twice the ranks of the positive differences.</param>
/// <param name="DoubledTotal">Twice the ranks of all differences but the zeros.</param>
/// <param name="TieTerm">The sum of t³ − t over groups of t equal magnitudes, zeros not counted.</param>
internal readonly record struct SignedRanks(
    int Pairs, int Zeros, int Positives, int Ties, long DoubledPlus, long DoubledTotal, double TieTerm)
{
    // Numbers that come from a few operations on doubles are right to some units in the last place.
    private const double RoundOff = 1.0 / (1L << 46);
    private const double RelativeResolution = 1e-12;

    /// <summary>How many pairs differ.</summary>
    public int NonZeros => Pairs - Zeros;

    /// <summary>Ranks the differences first − second + shift. Allocates nothing but from the pool.</summary>
    /// <param name="first">Finite values.</param>
    /// <param name="second">As many finite values.</param>
    /// <param name="shift">Added to every difference; finite.</param>
    /// <param name="keepZeros">Whether zeros take ranks.</param>
    /// <param name="doubledRanks">Receives twice the rank of every difference that is not zero, ascending;
    /// may be too short, and then only gets the first.</param>
    /// <returns>The sums.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are no pairs, or a value or difference is not finite.</exception>
    public static SignedRanks Of(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double shift, bool keepZeros, Span<int> doubledRanks)
    {
        if (first.Length != second.Length || first.IsEmpty)
        {
            throw new ArgumentException(
                $"Found {first.Length} and {second.Length} values; expected as many of both, at least one.", nameof(second));
        }

        var keyBuffer = ArrayPool<ulong>.Shared.Rent(first.Length);
        var toleranceBuffer = ArrayPool<double>.Shared.Rent(first.Length);
        try
        {
            var keys = keyBuffer.AsSpan(0, first.Length);
            var tolerances = toleranceBuffer.AsSpan(0, first.Length);
            Fill(first, second, shift, keys, tolerances);
            keys.Sort(tolerances);
            return Sum(keys, tolerances, keepZeros, doubledRanks);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(keyBuffer);
            ArrayPool<double>.Shared.Return(toleranceBuffer);
        }
    }

    /// <summary>
    /// A key holds the magnitude's bits, which order as the magnitudes do, and in its last bit whether the difference is negative. The
    /// tolerance is what round-off may have done: subtracting decimal numbers must break no tie and make no zero a difference.
    /// </summary>
    private static void Fill(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double shift, Span<ulong> keys, Span<double> tolerances)
    {
        second = second[..first.Length];
        for (var i = 0; i < first.Length; i++)
        {
            var difference = first[i] - second[i] + shift;
            var magnitude = Math.Abs(difference);
            if (!double.IsFinite(magnitude))
            {
                throw new ArgumentException(
                    $"Found {first[i]} and {second[i]} at position {i}; expected finite values that can be subtracted.", nameof(first));
            }

            var roundOff = RoundOff * (Math.Abs(first[i]) + Math.Abs(second[i]) + Math.Abs(shift));
            var isZero = magnitude <= roundOff;
            keys[i] = isZero ? 0 : (BitConverter.DoubleToUInt64Bits(magnitude) << 1) | (difference < 0 ? 1u : 0u);
            tolerances[i] = isZero ? 0 : roundOff + (RelativeResolution * magnitude);
        }
    }

    private static SignedRanks Sum(ReadOnlySpan<ulong> keys, ReadOnlySpan<double> tolerances, bool keepZeros, Span<int> doubledRanks)
    {
        var zeros = 0;
        while (zeros < keys.Length && keys[zeros] == 0)
        {
            zeros++;
        }

        long plus = 0;
        long total = 0;
        var positives = 0;
        var ties = 0;
        var tieTerm = 0.0;
        for (var start = zeros; start < keys.Length;)
        {
            var end = EndOfTie(keys, tolerances, start, out var negatives);
            long size = end - start;

            // Ranks count from 1; twice the mean of start + 1 … end is a whole number.
            var doubledRank = start + 1L + end - (keepZeros ? 0 : 2L * zeros);
            positives += (int)(size - negatives);
            plus += doubledRank * (size - negatives);
            total += doubledRank * size;
            if (size > 1)
            {
                ties += (int)size;
                tieTerm += (double)size * (((double)size * size) - 1);
            }

            var from = Math.Min(start - zeros, doubledRanks.Length);
            doubledRanks[from..Math.Min(end - zeros, doubledRanks.Length)].Fill((int)doubledRank);
            start = end;
        }

        return new SignedRanks(keys.Length, zeros, positives, ties, plus, total, tieTerm);
    }

    /// <summary>A tie ends where the next magnitude is further from the first one than round-off explains.</summary>
    private static int EndOfTie(ReadOnlySpan<ulong> keys, ReadOnlySpan<double> tolerances, int start, out long negatives)
    {
        var first = BitConverter.UInt64BitsToDouble(keys[start] >> 1);
        var tolerance = tolerances[start];
        negatives = (long)(keys[start] & 1);
        var end = start + 1;
        for (; end < keys.Length; end++)
        {
            tolerance = Math.Max(tolerance, tolerances[end]);
            if (BitConverter.UInt64BitsToDouble(keys[end] >> 1) - first > tolerance)
            {
                break;
            }

            negatives += (long)(keys[end] & 1);
        }

        return end;
    }
}
