using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Bench.Analysis.Json;

namespace Bench.Analysis.Measurements;

/// <summary>The name of a backend, alone or at a version: <c>ort-cpu</c>, <c>ort-cpu@1.30.0</c>, <c>ort-cpu@local</c>.</summary>
/// <param name="Name">The name, without a version.</param>
/// <param name="Version">The version that was asked for; null for the default one.</param>
[JsonConverter(typeof(ParsedText<BackendId>))]
public sealed record BackendId(string Name, string? Version = null) : IParsable<BackendId>
{
    /// <summary>Divides the name from the version.</summary>
    public const char VersionMark = '@';

    /// <inheritdoc cref="IParsable{TSelf}.Parse"/>
    /// <exception cref="FormatException">The text is empty, or ends where a name or version should be.</exception>
    public static BackendId Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var id)
        ? id
        : throw new FormatException($"Found the backend '{s}'; expected a name, or name@version.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out BackendId result)
    {
        result = s?.Split(VersionMark, 2) switch
        {
            [{ Length: > 0 } name] => new BackendId(name),
            [{ Length: > 0 } name, { Length: > 0 } version] => new BackendId(name, version),
            _ => null,
        };
        return result is not null;
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Version is null ? Name : $"{Name}{VersionMark}{Version}";
}
