using System.Globalization;

namespace Bench.Analysis.Cost;

/// <summary>Reads amounts of money as people type them.</summary>
public static class UsdText
{
    /// <summary>What no hour of a machine, and no machine, costs more than: above it a number is a slip.</summary>
    public const double HighestUsd = 1e7;

    /// <summary>Reads USD per hour. No thousands separators: in "0,90" the comma would make 90 of it.</summary>
    /// <param name="text">For example <c>0.90</c>.</param>
    /// <param name="usdPerHour">The amount, above 0 and at most <see cref="HighestUsd"/>, if it is one.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out double usdPerHour) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out usdPerHour)
        && usdPerHour > 0 && usdPerHour <= HighestUsd;
}
