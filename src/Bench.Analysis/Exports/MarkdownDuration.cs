using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Exports;

/// <summary>Reads the times in BenchmarkDotNet's tables.</summary>
internal static class MarkdownDuration
{
    // Two letters look like the Greek mu; versions differ in which they take.
    private static readonly (string Unit, double Ns)[] Units =
    [
        ("ns", 1), ("us", 1e3), ("\u03BCs", 1e3), ("\u00B5s", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9),
    ];

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell, for example <c>1,234.5 μs</c>.</param>
    /// <param name="mark">How the table writes numbers.</param>
    /// <returns>The time and the unit of its last printed digit, in ms.</returns>
    /// <exception cref="RunFormatException">It is no time, or could be two.</exception>
    public static (double Ms, double ResolutionMs) Read(MarkdownNumber.Place cell, DecimalMark mark)
    {
        var (number, unit) = MarkdownNumber.Parts(cell);
        var factor = Array.Find(Units, known => known.Unit == unit).Ns;
        if (factor == 0)
        {
            throw new RunFormatException(cell.Path,
                $"found '{cell.Text}' under {cell.Column} in line {cell.Line}; expected a time in ns, us, ms or s.");
        }

        var (value, resolution) = MarkdownNumber.Read(number, mark, cell);
        return (value * factor / TimeUnits.NsPerMs, resolution * factor / TimeUnits.NsPerMs);
    }
}
