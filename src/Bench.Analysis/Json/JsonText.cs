using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Bench.Analysis.Json;

/// <summary>Writes JSON the same on every operating system.</summary>
internal static class JsonText
{
    /// <returns>The text, with line feeds, the last one at its end.</returns>
    public static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type).ReplaceLineEndings("\n") + "\n";
}
