using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>How cards are read: camel case, enumerations in lower case, unknown names refused.</summary>
internal static class ModelCardJson
{
    // By reflection: source generation forgets the defaults of init-only properties.
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}
