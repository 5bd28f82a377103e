using System.Globalization;

namespace Bench.Analysis.Study;

/// <summary>A number as a table prints it: rounded to its last digit.</summary>
/// <param name="Value">The number.</param>
/// <param name="HalfUnit">Half a unit of the last digit: how far the number before rounding may have been off.</param>
internal readonly record struct Printed(double Value, double HalfUnit)
{
    /// <summary>The smallest number that rounds to it.</summary>
    public double Low => Value - HalfUnit;

    /// <summary>The largest number that rounds to it.</summary>
    public double High => Value + HalfUnit;

    /// <summary>Reads a number as it stands in a table.</summary>
    /// <param name="text">The number, with a decimal point.</param>
    /// <returns>The number and its rounding.</returns>
    public static Printed Parse(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        return new Printed(double.Parse(text, CultureInfo.InvariantCulture), 0.5 * Math.Pow(10, -decimals));
    }
}
