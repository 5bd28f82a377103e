using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Bench.Analysis.Input;

namespace Bench.Analysis.Trimming;

/// <summary>Writes a full JSON export of BenchmarkDotNet again in a quarter of its length, without losing a number.</summary>
/// <remarks>
/// Spaces go, and with them more than half. The rest is nearly all measurements, which stand there twice: as they were taken
/// (<c>Actual</c>) and as results, which differ from these only where overhead is subtracted or outliers are dropped. Bench does neither.
/// So where the results of a benchmark repeat what was taken one for one, as the same texts, they go; <c>Statistics.OriginalValues</c>
/// keeps them as well, and that is what programs read. Where a single one differs, all stay. Numbers and texts stay byte for
/// byte as they stood there.
/// </remarks>
internal static class ShortExport
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Shortens an export.</summary>
    /// <param name="json">Its contents.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <returns>The new contents; those of a short export are the same again.</returns>
    /// <exception cref="RunFormatException">They are no JSON.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> json, string path)
    {
        var text = json.Span.StartsWith(ByteOrderMark) ? json[ByteOrderMark.Length..] : json;
        if (!Utf8.IsValid(text.Span))
        {
            throw new RunFormatException(path, "the file is damaged: found bytes that are no UTF-8; expected JSON.");
        }

        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true }))
            {
                Write(writer, document.RootElement);
            }

            return [.. stream.GetBuffer().AsSpan(0, (int)stream.Length), (byte)'\n'];
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"the file is damaged or truncated: {e.Message}", e);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    if (property is { Name: "Measurements", Value.ValueKind: JsonValueKind.Array })
                    {
                        Write(writer, WithoutRepeats([.. property.Value.EnumerateArray()]));
                    }
                    else
                    {
                        Write(writer, property.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                Write(writer, [.. element.EnumerateArray()]);
                break;
            default:
                // As it stands there, never through a number of ours.
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<JsonElement> elements)
    {
        writer.WriteStartArray();
        foreach (var element in elements)
        {
            Write(writer, element);
        }

        writer.WriteEndArray();
    }

    private static List<JsonElement> WithoutRepeats(List<JsonElement> measurements)
    {
        var results = measurements.FindAll(measurement => IsWorkload(measurement, "Result"));
        var actual = measurements.FindAll(measurement => IsWorkload(measurement, "Actual"));
        return results.Select(Figures).SequenceEqual(actual.Select(Figures))
            ? measurements.FindAll(measurement => !IsWorkload(measurement, "Result"))
            : measurements;
    }

    private static bool IsWorkload(JsonElement measurement, string stage) => measurement.ValueKind == JsonValueKind.Object
        && Has(measurement, "IterationMode", "Workload") && Has(measurement, "IterationStage", stage);

    private static bool Has(JsonElement measurement, string name, string value) =>
        measurement.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.ValueEquals(value);

    /// <summary>All that a measurement says but its stage, as it stands there.</summary>
    private static string Figures(JsonElement measurement) => string.Join(',', measurement.EnumerateObject()
        .Where(property => property.Name != "IterationStage")
        .Select(property => $"{property.Name}:{property.Value.GetRawText()}"));
}
