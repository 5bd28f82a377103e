using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Measurements;

/// <summary>A cell under a load: the row of every table. <c>unet/ort-cpu/fp32/linux-x64</c>, or with <c>~120rps</c> after it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Load">The load.</param>
[JsonConverter(typeof(ParsedText<MeasurementId>))]
public sealed record MeasurementId(CellId Cell, Load Load) : IParsable<MeasurementId>
{
    /// <inheritdoc cref="IParsable{TSelf}.Parse"/>
    /// <exception cref="FormatException">The text is not the id of a measurement.</exception>
    public static MeasurementId Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var id)
        ? id
        : throw new FormatException($"Found the measurement '{s}'; expected a cell, or a cell and a load, "
            + "as in unet/ort-cpu/fp32/linux-x64~120rps.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out MeasurementId result)
    {
        var mark = s?.LastIndexOf(Load.Mark) ?? -1;
        result = CellId.TryParse(mark < 0 ? s : s![..mark], provider, out var cell)
            && Load.TryParse(mark < 0 ? string.Empty : s![mark..], provider, out var load)
                ? new MeasurementId(cell, load)
                : null;
        return result is not null;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Cell}{Load}";
}
