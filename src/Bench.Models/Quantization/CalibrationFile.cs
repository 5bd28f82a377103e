using System.Globalization;
using System.Text.Json;

namespace Bench.Models.Quantization;

/// <summary>Reads and writes calibrations: <c>calibration.json</c>. The same calibration gives the same bytes on every operating system.
/// </summary>
public static class CalibrationFile
{
    private const string VersionName = "bench-calibration";
    private const int Version = 1;

    private static readonly JsonWriterOptions Written = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes a calibration.</summary>
    /// <param name="calibration">The calibration.</param>
    /// <param name="stream">Where to.</param>
    public static void Write(Calibration calibration, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Written);
        json.WriteStartObject();
        json.WriteNumber(VersionName, Version);
        json.WriteString("source", calibration.Source);
        json.WriteString("method", calibration.Method.Name());
        json.WriteString("engine", calibration.Engine);
        json.WriteString("images", calibration.Images.From);
        json.WritePropertyName("hashes");
        json.WriteRawValue(Line(calibration.Images.Hashes.Select(hash => $"\"{hash}\"")));
        json.WriteStartObject("ranges");
        foreach (var (name, range) in calibration.Ranges)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(Line([Number(range.Min), Number(range.Max)]));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a calibration.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or no calibration; the message names the file, what was found and what was
    /// expected.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Calibration Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is damaged or no calibration of Bench: {e.Message}", e);
        }
    }

    private static Calibration Read(JsonElement json)
    {
        if (json.GetProperty(VersionName).GetInt32() is var version && version != Version)
        {
            throw new FormatException(FormattableString.Invariant($"found version {version}; expected {Version}."));
        }

        var name = Text(json, "method");
        if (!CalibrationMethods.TryParse(name, out var method))
        {
            throw new FormatException($"found method '{name}'; expected one of {string.Join(", ", CalibrationMethods.Names)}.");
        }

        // A name that stands there twice has no range that anybody could rely on.
        var ranges = new OrderedDictionary<string, ActivationRange>(StringComparer.Ordinal);
        foreach (var entry in json.GetProperty("ranges").EnumerateObject())
        {
            if (!ranges.TryAdd(entry.Name, Range(entry)))
            {
                throw new FormatException($"found the range of '{entry.Name}' twice; expected each once.");
            }
        }

        return new Calibration
        {
            Source = Text(json, "source"),
            Method = method.Value,
            Engine = Text(json, "engine"),
            Images = new CalibrationImages(Text(json, "images"), [.. json.GetProperty("hashes").EnumerateArray().Select(Text)]),
            Ranges = ranges,
        };
    }

    private static ActivationRange Range(JsonProperty entry)
    {
        var numbers = entry.Value.EnumerateArray().Select(number => (double)number.GetSingle()).ToList();
        return numbers is [var low, var high] && double.IsFinite(low) && double.IsFinite(high) && low <= high
            ? new ActivationRange(low, high)
            : throw new FormatException($"found {entry.Value.GetRawText()} as the range of '{entry.Name}'; "
                + "expected two finite numbers, the smaller one first.");
    }

    private static string Text(JsonElement json, string name) => Text(json.GetProperty(name));

    private static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("found null; expected a text.");

    // Values are 32-bit floats: as many digits as tell them apart.
    private static string Number(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture);

    private static string Line(IEnumerable<string> parts) => $"[{string.Join(", ", parts)}]";
}
