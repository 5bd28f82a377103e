using System.Globalization;

namespace Bench.Analysis.Comparison;

/// <summary>Reads shares as people write them.</summary>
public static class Share
{
    /// <summary>Reads <c>5%</c> or <c>0.05</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="share">The share, above 0 and finite.</param>
    /// <returns>Whether the text is one. A bare number of 1 or more is none: <c>5</c> may mean 5 % or 500 %.</returns>
    public static bool TryParse(string text, out double share)
    {
        var isPercent = text.EndsWith('%');
        var number = isPercent ? text[..^1].TrimEnd() : text;
        var isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingWhite,
            CultureInfo.InvariantCulture, out share);
        share = isPercent ? share / 100 : share;
        return isNumber && share > 0 && double.IsFinite(share) && (isPercent || share < 1);
    }
}
