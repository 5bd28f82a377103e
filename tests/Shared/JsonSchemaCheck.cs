using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bench.Tests;

/// <summary>
/// Applies a JSON schema. Only the keywords that our schemas use (2020-12); an unknown one is an error, so that none is silently ignored.
/// No library: the ones for .NET are not on every feed that the tests must run with.
/// </summary>
internal sealed class JsonSchemaCheck
{
    private static readonly HashSet<string> Annotations = ["$schema", "$defs", "title", "description", "default"];

    private readonly JsonElement _root;

    private JsonSchemaCheck(JsonElement root) => _root = root;

    /// <summary>Lists what is wrong with a document; nothing if it is valid.</summary>
    public static IReadOnlyList<string> Faults(string schemaPath, string json)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(schemaPath));
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
        var faults = new List<string>();
        new JsonSchemaCheck(schema.RootElement).Check(schema.RootElement, document.RootElement, "$", faults);
        return faults;
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var fault = Fault(schema, keyword, value, path, faults);
            if (fault is not null)
            {
                faults.Add($"{path}: {fault}");
            }
        }
    }

    private string? Fault(JsonElement schema, JsonProperty keyword, JsonElement value, string path, List<string> faults)
    {
        var k = keyword.Value;
        switch (keyword.Name)
        {
            case "$ref":
                Check(_root.GetProperty("$defs").GetProperty(k.GetString()!.Replace("#/$defs/", string.Empty, StringComparison.Ordinal)), value, path, faults);
                return null;
            case "type":
                var types = k.ValueKind == JsonValueKind.Array ? k.EnumerateArray().Select(t => t.GetString()!) : [k.GetString()!];
                return types.Any(type => IsOfType(value, type)) ? null : $"is {value.ValueKind}, not {k}";
            case "enum":
                return k.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value)) ? null : $"is {value}, not one of {k}";
            case "const":
                return JsonElement.DeepEquals(k, value) ? null : $"is {value}, not {k}";
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, k.GetString()!) ? null : $"'{value}' does not match {k}";
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() >= k.GetDouble() ? null : $"{value} is below {k}";
            case "exclusiveMinimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() > k.GetDouble() ? null : $"{value} is not above {k}";
            case "maximum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() <= k.GetDouble() ? null : $"{value} is above {k}";
            case "minItems":
                return value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= k.GetInt32() ? null : "has too few items";
            case "minProperties":
                return value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= k.GetInt32() ? null : "has too few properties";
            case "required":
                return value.ValueKind != JsonValueKind.Object
                    ? null
                    : k.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing
                        ? $"lacks '{missing}'"
                        : null;
            case "oneOf":
                var valid = k.EnumerateArray().Count(option => IsValid(option, value, path));
                return valid == 1 ? null : $"matches {valid} alternatives, not one";
            case "not":
                return IsValid(k, value, path) ? $"must not be {k}" : null;
            case "prefixItems":
                CheckItems(value, k.EnumerateArray().ToArray(), path, faults);
                return null;
            case "items":
                var skip = schema.TryGetProperty("prefixItems", out var prefix) ? prefix.GetArrayLength() : 0;
                foreach (var (i, item) in (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : []).Index().Skip(skip))
                {
                    Check(k, item, $"{path}[{i}]", faults);
                }

                return null;
            case "properties":
                CheckProperties(k, value, path, faults);
                return null;
            case "additionalProperties":
                CheckAdditional(schema, k, value, path, faults);
                return null;
            default:
                return Annotations.Contains(keyword.Name) ? null : throw new NotSupportedException($"The schema keyword '{keyword.Name}' is not supported.");
        }
    }

    private void CheckItems(JsonElement value, JsonElement[] schemas, string path, List<string> faults)
    {
        foreach (var (i, item) in (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : []).Index().Take(schemas.Length))
        {
            Check(schemas[i], item, $"{path}[{i}]", faults);
        }
    }

    private void CheckProperties(JsonElement properties, JsonElement value, string path, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            if (value.TryGetProperty(property.Name, out var inner))
            {
                Check(property.Value, inner, $"{path}.{property.Name}", faults);
            }
        }
    }

    private void CheckAdditional(JsonElement schema, JsonElement additional, JsonElement value, string path, List<string> faults)
    {
        foreach (var property in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().ToArray() : [])
        {
            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(property.Name, out _))
            {
                continue;
            }

            if (additional.ValueKind == JsonValueKind.False)
            {
                faults.Add($"{path}: '{property.Name}' is unknown");
            }
            else if (additional.ValueKind == JsonValueKind.Object)
            {
                Check(additional, property.Value, $"{path}.{property.Name}", faults);
            }
        }
    }

    private bool IsValid(JsonElement schema, JsonElement value, string path)
    {
        var faults = new List<string>();
        Check(schema, value, path, faults);
        return faults.Count == 0;
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() == Math.Floor(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The schema type '{type}' is not supported."),
    };
}
