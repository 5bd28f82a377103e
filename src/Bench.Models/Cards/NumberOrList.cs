using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>Reads a number, or a list of numbers; a list of one is written as a number.</summary>
internal sealed class NumberOrList : JsonConverter<IReadOnlyList<float>>
{
    public override IReadOnlyList<float> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? [reader.GetSingle()]
            : JsonSerializer.Deserialize<float[]>(ref reader, options)
                ?? throw new JsonException("Found null; expected a number or a list.");

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<float> value, JsonSerializerOptions options)
    {
        if (value is [var single])
        {
            writer.WriteNumberValue(single);
        }
        else
        {
            JsonSerializer.Serialize(writer, value, options);
        }
    }
}
