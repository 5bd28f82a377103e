using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Analysis.Json;

/// <summary>Writes the members of an enumeration in lower case with hyphens, as in <c>insufficient-data</c>.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class EnumNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>What members of enumerations are called in texts.</summary>
internal static class EnumNames
{
    /// <summary>As in JSON: <c>insufficient-data</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>With spaces: <c>not shown</c>.</summary>
    public static string Words<T>(T value)
        where T : struct, Enum => Of(value).Replace('-', ' ');
}
