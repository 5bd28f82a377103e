using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Measurements;

/// <summary>How requests arrive: one after the other's answer (closed), or at a rate, whether answered or not (open).</summary>
/// <param name="RequestsPerSecond">The rate, above 0 and finite; null for a closed load.</param>
[JsonConverter(typeof(ParsedText<Load>))]
public sealed record Load(double? RequestsPerSecond) : IParsable<Load>
{
    /// <summary>Begins the text of an open load.</summary>
    public const char Mark = '~';

    private const string Unit = "rps";
    private const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>A stream sends the next request when the last is answered: the default, which is not written.</summary>
    public static readonly Load Closed = new((double?)null);

    /// <summary>Whether requests wait for answers.</summary>
    public bool IsClosed => RequestsPerSecond is null;

    /// <inheritdoc cref="IParsable{TSelf}.Parse"/>
    /// <exception cref="FormatException">The text is no load.</exception>
    public static Load Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var load)
        ? load
        : throw new FormatException($"Found the load '{s}'; expected nothing for a closed load, or a rate as in ~120rps.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Load result)
    {
        result = s is "" ? Closed
            : s is [Mark, .. var text] && text.EndsWith(Unit, StringComparison.Ordinal)
                && double.TryParse(text[..^Unit.Length], Style, CultureInfo.InvariantCulture, out var rate)
                && rate > 0 && double.IsFinite(rate)
                ? new Load(rate)
                : null;
        return result is not null;
    }

    /// <summary>The text that <see cref="Parse"/> reads; empty for a closed load.</summary>
    public override string ToString() =>
        RequestsPerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{Mark}{rate}{Unit}") : string.Empty;
}
