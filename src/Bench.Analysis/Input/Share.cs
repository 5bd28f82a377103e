using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Bench.Analysis.Input;

/// <summary>A share of something, as people write it: <c>5%</c> or <c>0.05</c>.</summary>
/// <remarks>A bare number is at most 1: <c>5</c> may mean 5 % or 500 %. With a percent sign it may be more than 100.</remarks>
/// <param name="Value">The share: 0.05 for 5 %; at least 0 and finite.</param>
public readonly record struct Share(double Value) : IParsable<Share>
{
    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <inheritdoc cref="IParsable{TSelf}.Parse"/>
    /// <exception cref="FormatException">The text is no share.</exception>
    public static Share Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var share)
        ? share
        : throw new FormatException($"Found '{s}'; expected a share such as 5% or 0.05.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Share result)
    {
        var text = s.AsSpan().Trim();
        var isPercent = text.EndsWith("%");
        var isNumber = double.TryParse(isPercent ? text[..^1].TrimEnd() : text, Style, CultureInfo.InvariantCulture, out var number);
        result = new Share(isPercent ? number / 100 : number);
        return isNumber && double.IsFinite(number) && (isPercent || number <= 1);
    }

    /// <summary>Reads a share that must lie in a range.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The range.</param>
    /// <param name="share">The share.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, ShareRange range, out Share share) =>
        TryParse(text, provider: null, out share) && range.Contains(share);

    /// <summary>In percent: <c>5%</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{100 * Value:0.####}%");
}
