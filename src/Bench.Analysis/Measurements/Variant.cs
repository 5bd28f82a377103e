using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Measurements;

/// <summary>The knobs of a cell that differ from their defaults, sorted by name: <c>batch=32+graph=on</c>.</summary>
/// <remarks>
/// Values hold letters, digits, dots, underscores and hyphens; every other byte of their UTF-8 is written as <c>%</c> and two hex digits.
/// So a variant is part of an id, of a file name on every system, and of a pattern.
/// </remarks>
[JsonConverter(typeof(ParsedText<Variant>))]
public sealed class Variant : IEquatable<Variant>, IParsable<Variant>, IEnumerable<KeyValuePair<string, string>>
{
    /// <summary>Stands between two knobs, and before the first in a cell's id.</summary>
    public const char Separator = '+';

    /// <summary>No knob: everything has its default.</summary>
    public static readonly Variant None = new([]);

    private readonly KeyValuePair<string, string>[] _knobs;
    private readonly string _text;

    private Variant(IEnumerable<KeyValuePair<string, string>> knobs)
    {
        _knobs = [.. knobs.OrderBy(knob => knob.Key, StringComparer.Ordinal)];
        _text = string.Join(Separator, _knobs.Select(knob => $"{knob.Key}={Encode(knob.Value)}"));
    }

    /// <summary>Whether there is no knob.</summary>
    public bool IsNone => _knobs.Length == 0;

    /// <summary>How many knobs there are.</summary>
    public int Count => _knobs.Length;

    /// <summary>The value of a knob; null if it has its default.</summary>
    /// <param name="name">The knob's name.</param>
    public string? this[string name] => Array.Find(_knobs, knob => knob.Key == name).Value;

    /// <summary>The value of a knob that is a number from 1, which is also its default.</summary>
    /// <param name="name">The knob's name.</param>
    /// <returns>The number; 1 also for a text that is none, which no run of ours writes.</returns>
    public int Number(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : 1;

    /// <summary>Makes a variant of knobs and their values.</summary>
    /// <param name="knobs">Names (letters, digits, dots, underscores, hyphens) and values; in any order.</param>
    /// <returns>The variant.</returns>
    /// <exception cref="ArgumentException">A name is empty, holds other characters, or stands twice.</exception>
    public static Variant Of(IEnumerable<KeyValuePair<string, string>> knobs)
    {
        var all = knobs.ToList();
        var wrong = all.Find(knob => !IsName(knob.Key) || all.Count(other => other.Key == knob.Key) > 1);
        return wrong.Key is null ? all.Count == 0 ? None : new Variant(all)
            : throw new ArgumentException(
                $"Found the knob '{wrong.Key}'; expected a name of letters, digits, dots, underscores and hyphens, "
                    + "each once.", nameof(knobs));
    }

    /// <summary>The same with another value of one knob.</summary>
    /// <param name="name">The knob's name.</param>
    /// <param name="value">Its value; null for its default.</param>
    /// <returns>The variant.</returns>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public Variant With(string name, string? value)
    {
        var others = _knobs.Where(knob => knob.Key != name);
        return Of(value is null ? others : others.Append(KeyValuePair.Create(name, value)));
    }

    /// <inheritdoc cref="IParsable{TSelf}.Parse"/>
    /// <exception cref="FormatException">The text is not that of a variant.</exception>
    public static Variant Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var variant)
        ? variant
        : throw new FormatException($"Found the variant '{s}'; expected knobs as in batch=32+graph=on, each once.");

    /// <inheritdoc/>
    /// <remarks>Knobs may stand in any order.</remarks>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Variant result)
    {
        result = null;
        if (s is null)
        {
            return false;
        }

        var knobs = new Dictionary<string, string>();
        foreach (var part in s.Length == 0 ? [] : s.Split(Separator))
        {
            if (part.Split('=', 2) is not [var name, { Length: > 0 } text] || !IsName(name) || Decode(text) is not { } value
                || !knobs.TryAdd(name, value))
            {
                return false;
            }
        }

        result = knobs.Count == 0 ? None : new Variant(knobs);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Variant? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Variant);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _knobs.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text that <see cref="Parse"/> reads; empty without knobs.</summary>
    public override string ToString() => _text;

    /// <summary>Whether a text can be the name of a knob: letters, digits, dots, underscores and hyphens, at least one.</summary>
    /// <param name="name">The text.</param>
    public static bool IsName(string name) => name.Length > 0 && name.All(IsPlain);

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';

    private static string Encode(string value)
    {
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            _ = IsPlain((char)b) ? text.Append((char)b) : text.Append('%').Append(Convert.ToHexString([b]));
        }

        // An empty value would look like a missing one.
        return text.Length == 0 ? "%" : text.ToString();
    }

    /// <returns>The value; null if the text is none that <see cref="Encode"/> makes.</returns>
    private static string? Decode(string text)
    {
        if (text == "%")
        {
            return string.Empty;
        }

        var value = text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text) : text;
        return Encode(value) == text ? value : null;
    }
}
