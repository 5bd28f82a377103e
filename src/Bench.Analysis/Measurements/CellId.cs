using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Measurements;

/// <summary>
/// What is measured: <c>model/backend[@version][+variant]/precision/os-arch</c>. Always four parts; without a variant the text is that of
/// version 1 of run folders, byte for byte.
/// </summary>
/// <param name="Model">The model's name.</param>
/// <param name="Backend">The backend.</param>
/// <param name="Variant">The knobs that are not at their defaults.</param>
/// <param name="Precision">The precision that was asked for.</param>
/// <param name="Platform">Operating system and architecture, for example <c>linux-x64</c>.</param>
[JsonConverter(typeof(ParsedText<CellId>))]
public sealed record CellId(string Model, BackendId Backend, Variant Variant, string Precision, string Platform) : IParsable<CellId>
{
    // Asked for at every look into a table.
    private readonly string _text = $"{Model}/{Configured(Backend, Variant)}/{Precision}/{Platform}";

    /// <inheritdoc cref="IParsable{TSelf}.Parse"/>
    /// <exception cref="FormatException">The text is not the id of a cell.</exception>
    public static CellId Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var id)
        ? id
        : throw new FormatException(
            $"Found the cell '{s}'; expected model/backend/precision/os-arch, as in unet/ort-cpu/fp32/linux-x64, "
            + "a variant after the backend, as in unet/ort-cuda+graph=on/fp16/linux-x64.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out CellId result)
    {
        result = s?.Split('/') is [{ Length: > 0 } model, { Length: > 0 } middle, { Length: > 0 } precision, { Length: > 0 } platform]
            && TrySplit(middle, provider, out var backend, out var variant)
                ? new CellId(model, backend, variant, precision, platform)
                : null;
        return result is not null;
    }

    /// <inheritdoc/>
    public bool Equals(CellId? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => _text;

    /// <summary>The part of a file's name that stands for this cell: its slashes are underscores.</summary>
    public string FileName => _text.Replace('/', '_');

    /// <summary>The backend and the knobs that differ: <c>ort-cuda+graph=on</c>.</summary>
    public string ConfiguredBackend => Configured(Backend, Variant);

    /// <summary>How many images a request has.</summary>
    public int Batch => Variant.Number("batch");

    /// <summary>How many requests are in flight.</summary>
    public int Streams => Variant.Number("streams");

    /// <summary>Whether nothing is asked for besides the backend: the default version, and every knob at its default.</summary>
    public bool IsPlain => Backend.Version is null && Variant.IsNone;

    private static string Configured(BackendId backend, Variant variant) =>
        variant.IsNone ? backend.ToString() : $"{backend}{Variant.Separator}{variant}";

    private static bool TrySplit(
        string text, IFormatProvider? provider, [MaybeNullWhen(false)] out BackendId backend, [MaybeNullWhen(false)] out Variant variant)
    {
        // A variant begins where a name and an equals sign follow: versions may have a plus sign in them.
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var begin = equals < 0 ? -1 : text.LastIndexOf(Variant.Separator, equals);
        variant = Variant.None;
        return BackendId.TryParse(begin < 0 ? text : text[..begin], provider, out backend)
            && (begin < 0 ? equals < 0 : Variant.TryParse(text[(begin + 1)..], provider, out variant) && !variant.IsNone);
    }
}
