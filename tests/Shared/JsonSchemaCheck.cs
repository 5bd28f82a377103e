using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;

namespace Bench.Tests;

/// <summary>Applies a JSON schema (2020-12).</summary>
internal static class JsonSchemaCheck
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List };
    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = new();

    /// <summary>Lists what is wrong with a document; nothing if it is valid.</summary>
    public static IReadOnlyList<string> Faults(string schemaPath, string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
        var result = Schemas.GetOrAdd(schemaPath, path => JsonSchema.FromText(File.ReadAllText(path)))
            .Evaluate(document.RootElement, Options);
        if (result.IsValid)
        {
            return [];
        }

        List<string> faults =
        [
            .. (result.Details ?? [])
                .SelectMany(detail => detail.Errors ?? [], (detail, error) => $"{detail.InstanceLocation}: {error.Value}"),
        ];
        return faults.Count > 0 ? faults : ["the schema does not hold, and the library does not say where"];
    }
}
