using System.Numerics;

namespace Bench.Models.Data;

/// <summary>A small, fast source of repeatable pseudo-random numbers: xoshiro256** seeded by SplitMix64.</summary>
/// <remarks>
/// <para>Integer arithmetic and correctly rounded operations only, so that a stream is the same on every operating system and
/// processor. A mutable structure: pass it by reference. Not for cryptography, not thread-safe.</para>
/// <para>Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", https://doi.org/10.1145/3460772.</para>
/// </remarks>
public struct SeededRandom
{
    private const double TwoToMinus53 = 1.0 / (1UL << 53);

    // The sum of four independent 16-bit uniforms has the variance 4 * (65536^2 - 1) / 12.
    private const double FourUniformsMean = 4 * 32767.5;
    private const double FourUniformsDeviation = 37837.22724;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the stream number <paramref name="stream"/> of a family of streams.</summary>
    /// <param name="seed">The seed of the family.</param>
    /// <param name="stream">Which stream of the family; every (seed, stream) pair gives an unrelated sequence.</param>
    public SeededRandom(ulong seed, ulong stream = 0)
    {
        var state = seed;
        state = SplitMix64(ref state) ^ (stream * 0x9E3779B97F4A7C15UL);
        _s0 = SplitMix64(ref state);
        _s1 = SplitMix64(ref state);
        _s2 = SplitMix64(ref state);
        _s3 = SplitMix64(ref state);
    }

    /// <summary>The next 64 random bits.</summary>
    /// <returns>A value uniform over all 64-bit integers.</returns>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform number in [0, 1).</summary>
    /// <returns>A multiple of 2⁻⁵³.</returns>
    public double NextDouble() => (NextUInt64() >> 11) * TwoToMinus53;

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end.</param>
    /// <returns>The number.</returns>
    public double Between(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>A uniform integer in [0, <paramref name="count"/>).</summary>
    /// <param name="count">How many values there are; more than zero.</param>
    /// <returns>The integer.</returns>
    public int NextInt(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)(((UInt128)NextUInt64() * (ulong)count) >> 64);
    }

    /// <summary>A nearly normal number: mean 0, standard deviation 1, never beyond ±3.47.</summary>
    /// <returns>The standardised sum of four 16-bit uniforms, which needs no function that IEEE 754 leaves inexact.</returns>
    public double NextNormal()
    {
        var bits = NextUInt64();
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return (sum - FourUniformsMean) / FourUniformsDeviation;
    }

    /// <summary>A uniformly turned unit vector.</summary>
    /// <returns>Its two components; cos² + sin² is 1 to the last digits.</returns>
    public (double Cos, double Sin) NextDirection()
    {
        // By rejection from the disc: only products, sums and a square root.
        while (true)
        {
            var x = Between(-1, 1);
            var y = Between(-1, 1);
            var square = (x * x) + (y * y);
            if (square is > 0.01 and <= 1)
            {
                var length = Math.Sqrt(square);
                return (x / length, y / length);
            }
        }
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Puts the values into a random order (Fisher and Yates).</summary>
    /// <param name="values">The values.</param>
    /// <typeparam name="T">What they are.</typeparam>
    public void Shuffle<T>(T[] values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
