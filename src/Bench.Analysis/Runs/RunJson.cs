using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Analysis.Runs;

/// <summary>How <c>run.json</c> and the records of launches are written and read.</summary>
internal static class RunJson
{
    // By reflection: source generation forgets the defaults of init-only properties.
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The same in one line, for records that hold long lists of numbers.</summary>
    public static readonly JsonSerializerOptions Compact = new(Options) { WriteIndented = false };
}
