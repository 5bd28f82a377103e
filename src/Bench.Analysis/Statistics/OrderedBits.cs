namespace Bench.Analysis.Statistics;

/// <summary>Doubles as whole numbers in the same order, so that one can bisect to the very double.</summary>
internal static class OrderedBits
{
    /// <summary>The number of a double; negative zero and zero have the same.</summary>
    public static long Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    /// <summary>The double of a number.</summary>
    public static double ToDouble(long ordered) => BitConverter.Int64BitsToDouble(ordered < 0 ? long.MinValue - ordered : ordered);

    /// <summary>Half way between two numbers, rounded down.</summary>
    public static long Middle(long low, long high) => (low & high) + ((low ^ high) >> 1);
}
