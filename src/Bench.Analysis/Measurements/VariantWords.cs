using System.Globalization;

namespace Bench.Analysis.Measurements;

/// <summary>What tells a measurement from the others of its backend and precision, in words: <c>batch 32, 4 streams, graph</c>.</summary>
public static class VariantWords
{
    /// <summary>Says it.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="withBatch1">Whether one image in a request is said, too.</param>
    /// <returns>The words; empty for a plain cell under a closed load.</returns>
    public static string Of(MeasurementId measurement, bool withBatch1 = false)
    {
        var cell = measurement.Cell;
        var others = cell.Variant.Where(knob => knob.Key is not ("batch" or "streams")).Select(knob => knob.Value switch
        {
            "on" => knob.Key,
            "off" => $"{knob.Key}=off",
            var value when value.Any(char.IsAsciiLetter) && !knob.Key.Contains('.', StringComparison.Ordinal) => value,
            var value => $"{knob.Key}={value}",
        });
        return string.Join(", ",
        [
            .. cell.Batch > 1 || withBatch1 ? [string.Create(CultureInfo.InvariantCulture, $"batch {cell.Batch}")] : Array.Empty<string>(),
            .. cell.Streams > 1 ? [string.Create(CultureInfo.InvariantCulture, $"{cell.Streams} streams")] : Array.Empty<string>(),
            .. others,
            .. measurement.Load.IsClosed ? Array.Empty<string>() : [measurement.Load.ToString()],
        ]);
    }
}
