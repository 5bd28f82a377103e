using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bench.Analysis.Json;

/// <summary>Writes the members of an enumeration in lower case with hyphens, as in <c>insufficient-data</c>.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class EnumNames<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
