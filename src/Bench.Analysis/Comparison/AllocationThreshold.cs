using System.Globalization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Comparison;

/// <summary>By how much the bytes that an operation allocates may grow: by a share of the base's, by bytes, or as they like.</summary>
public readonly record struct AllocationThreshold
{
    private const double MostShare = 100;

    // As BenchmarkDotNet prints them: 1 KB is 1024 B.
    private static readonly (string Unit, double Bytes)[] Units = [("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("B", 1)];

    /// <summary>The share, for example 0.05; 0 unless one was given.</summary>
    public double Share { get; private init; }

    /// <summary>The bytes; 0 unless they were given.</summary>
    public double Bytes { get; private init; }

    /// <summary>Whether any growth is allowed: allocations are shown and not judged.</summary>
    public bool IsAny { get; private init; }

    /// <summary>What the base may become.</summary>
    /// <param name="bytes">The base's bytes.</param>
    /// <returns>The most bytes that are allowed.</returns>
    public double Allowed(double bytes) => IsAny ? double.PositiveInfinity : (bytes * (1 + Share)) + Bytes;

    /// <summary>Reads <c>5%</c>, <c>0.05</c>, <c>64 B</c>, <c>1 KB</c> (1024 B), <c>0</c> or <c>any</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="threshold">The threshold.</param>
    /// <returns>Whether the text is one. A bare number of 1 or more is none: it may mean bytes or a share.</returns>
    public static bool TryParse(string text, out AllocationThreshold threshold)
    {
        var trimmed = text.Trim();
        threshold = default;
        if (trimmed is "0" or "0%" or "0 %")
        {
            return true;
        }

        if (trimmed == "any")
        {
            threshold = new AllocationThreshold { IsAny = true };
            return true;
        }

        // A bare 1 may be a byte.
        if (trimmed != "1" && Input.Share.TryParse(trimmed, ShareRange.AboveZero, out var share))
        {
            threshold = new AllocationThreshold { Share = share.Value };
            return share.Value < MostShare;
        }

        var (unit, factor) = Array.Find(Units, known => trimmed.EndsWith(known.Unit, StringComparison.OrdinalIgnoreCase));
        if (unit is null || !double.TryParse(trimmed[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        threshold = new AllocationThreshold { Bytes = number * factor };
        return double.IsFinite(threshold.Bytes);
    }

    /// <summary>As rules write it: <c>5%</c>, <c>64 B</c>, <c>any</c>, <c>0</c>.</summary>
    /// <returns>The text, the same in every culture.</returns>
    public override string ToString() => IsAny ? "any"
        : Share > 0 ? new Input.Share(Share).ToString()
        : Bytes > 0 ? Bytes.ToString("0.##", CultureInfo.InvariantCulture) + " B"
        : "0";
}
