namespace Bench.Analysis.Exports;

/// <summary>Which character a table of numbers takes for the decimal point.</summary>
internal enum DecimalMark
{
    /// <summary>No number of the table tells.</summary>
    Unknown,

    /// <summary><c>1,234.5</c>.</summary>
    Point,

    /// <summary><c>1.234,5</c>.</summary>
    Comma,

    /// <summary>Some numbers tell the one and some the other.</summary>
    Contradictory,
}

/// <summary>Finds out how a table writes its numbers: by the culture of whoever ran the benchmarks.</summary>
internal static class NumberStyle
{
    private const int GroupLength = 3;

    /// <summary>What the cells of a table tell together.</summary>
    /// <param name="cells">The cells of its columns of numbers, with units or without.</param>
    /// <returns>The mark.</returns>
    public static DecimalMark Of(IEnumerable<string> cells)
    {
        var told = cells.Select(cell => OfNumber(Digits(cell))).Where(mark => mark != DecimalMark.Unknown).Distinct().ToList();
        return told.Count switch { 0 => DecimalMark.Unknown, 1 => told[0], _ => DecimalMark.Contradictory };
    }

    /// <summary>What is left of a cell without what separates thousands in any culture: spaces, apostrophes.</summary>
    /// <param name="text">The text.</param>
    public static string Compact(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\u00A0' or '\u202F' or '\'' or '\u2019')));

    private static string Digits(string cell)
    {
        var text = Compact(cell);
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is ',' or '.'))
        {
            end++;
        }

        return text[..end];
    }

    private static DecimalMark OfNumber(string digits)
    {
        var (comma, point) = (digits.LastIndexOf(','), digits.LastIndexOf('.'));
        return comma >= 0 && point >= 0 ? comma > point ? DecimalMark.Comma : DecimalMark.Point
            : comma >= 0 ? OfOnly(digits, ',', DecimalMark.Comma, DecimalMark.Point)
            : point >= 0 ? OfOnly(digits, '.', DecimalMark.Point, DecimalMark.Comma)
            : DecimalMark.Unknown;
    }

    // Thousands come in threes, and more than one mark of a kind can only separate those. "0,123" has no thousands.
    private static DecimalMark OfOnly(string digits, char mark, DecimalMark asDecimal, DecimalMark asThousands) =>
        digits.IndexOf(mark, StringComparison.Ordinal) != digits.LastIndexOf(mark) ? asThousands
        : digits.Length - 1 - digits.IndexOf(mark, StringComparison.Ordinal) != GroupLength || digits[0] is '0' || digits[0] == mark
            ? asDecimal
        : DecimalMark.Unknown;
}
