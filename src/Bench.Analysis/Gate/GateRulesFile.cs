using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Input;
using Bench.Analysis.Json;

namespace Bench.Analysis.Gate;

/// <summary>The rules of a gate as they stand in a file.</summary>
internal sealed record GateRulesFile(int SchemaVersion, GateRule? All, Dictionary<string, GateRule>? Cells)
{
    private static readonly string[] Members = ["$schema", "schemaVersion", "all", "cells"];

    private static readonly string[] Rules = [.. typeof(GateRule).GetProperties().Where(property => property.CanWrite)
        .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <exception cref="RunFormatException">It is damaged, or has names that are none of a rule.</exception>
    public static GateRulesFile Read(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json.ToArray(), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var faults = Unknown(document.RootElement).ToList();
            return faults.Count > 0
                ? throw new RunFormatException(path, $"found what are no rules of a gate: {string.Join("; ", faults)}.")
                : JsonSerializer.Deserialize(json, RulesJson.Default.GateRulesFile) ?? throw new JsonException("expected an object.");
        }
        catch (InvalidOperationException e)
        {
            throw new RunFormatException(path, "found what are no rules of a gate: a name is no text in UTF-8.", e);
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"found what are no rules of a gate: {JsonFault.Of(e)}", e);
        }
    }

    /// <summary>Names that nothing has, with what was probably meant.</summary>
    private static IEnumerable<string> Unknown(JsonElement root)
    {
        foreach (var fault in Unknown(root, string.Empty, Members))
        {
            yield return fault;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        var rules = root.TryGetProperty("all", out var all) ? [("all: ", all)] : new List<(string, JsonElement)>();
        if (root.TryGetProperty("cells", out var cells) && cells.ValueKind == JsonValueKind.Object)
        {
            rules.AddRange(cells.EnumerateObject().Select(cell => ($"{cell.Name}: ", cell.Value)));
        }

        foreach (var fault in rules.SelectMany(rule => Unknown(rule.Item2, rule.Item1, Rules)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Unknown(JsonElement element, string where, string[] known) =>
        element.ValueKind != JsonValueKind.Object ? [] : element.EnumerateObject().Where(member => !known.Contains(member.Name))
            .Select(member => $"{where}there is no '{member.Name}'; expected some of {string.Join(", ", known)}");
}

/// <summary>Reads shares written as <c>"5%"</c> or 0.05.</summary>
internal sealed class ShareConverter : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.GetDouble() is <= 1 and var share => share,
        JsonTokenType.String when Share.TryParse(reader.GetString(), provider: null, out var share) => share.Value,
        _ => throw new JsonException("Expected a share such as \"5%\" or 0.05; 5 may mean 5 % or 500 %."),
    };

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) => writer.WriteNumberValue(value ?? 0);
}

/// <summary>Reads how much allocations may grow: <c>"5%"</c>, 0.05, <c>"64 B"</c>, 0 or <c>"any"</c>.</summary>
internal sealed class AllocationThresholdConverter : JsonConverter<AllocationThreshold?>
{
    public override AllocationThreshold? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.Number when reader.GetDouble() is >= 0 and < 1 and var share => share.ToString("R", CultureInfo.InvariantCulture),
            JsonTokenType.String => reader.GetString()!,
            _ => string.Empty,
        };
        return AllocationThreshold.TryParse(text, out var threshold)
            ? threshold
            : throw new JsonException("Expected how much allocations may grow: \"5%\", 0.05, \"64 B\", \"1 KB\" (1024 B), 0 or \"any\"; "
                + "64 may mean bytes or a share.");
    }

    public override void Write(Utf8JsonWriter writer, AllocationThreshold? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.ToString());
}

/// <summary>How rules are read: a misspelt name is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(ShareConverter), typeof(AllocationThresholdConverter)])]
[JsonSerializable(typeof(GateRulesFile))]
internal sealed partial class RulesJson : JsonSerializerContext;
