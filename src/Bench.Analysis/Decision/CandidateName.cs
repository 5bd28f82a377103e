using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Analysis.Decision;

/// <summary>Candidates that others are named by are a cell, hardware and run in JSON.</summary>
internal sealed class CandidateName : JsonConverter<Candidate>
{
    public override Candidate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Decisions are written and never read.");

    public override void Write(Utf8JsonWriter writer, Candidate value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("cell", value.Measurement.ToString());
        writer.WriteString("hardware", value.Hardware);
        writer.WriteString("run", value.RunId);
        writer.WriteEndObject();
    }
}
