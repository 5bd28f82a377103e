using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Analysis.Json;

/// <summary>Writes JSON for programs, the same on every operating system.</summary>
internal static class JsonText
{
    // By reflection, as run.json is read: a generated context would have to see all rooms, and all rooms it.
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">Its type; members stand in the order in which it declares them.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The text, with line feeds, the last one at its end.</returns>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options).ReplaceLineEndings("\n") + "\n";
}
