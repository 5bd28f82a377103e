using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Comparison;
using Bench.Analysis.Input;

namespace Bench.Analysis.Gate;

/// <summary>The rules of a gate: for all cells, and for cells whose names match a pattern.</summary>
/// <param name="Defaults">The rule for all cells; null in it are <see cref="GateRule.MinimumMetric"/>,
/// <see cref="GateRule.ThroughputThreshold"/>, <see cref="GateRule.CostThreshold"/> and <see cref="GateRule.AllocationThreshold"/> where no
/// rule names them.</param>
/// <param name="Cells">Rules by pattern, <c>*</c> standing for anything; of several that match, the last one counts.</param>
/// <param name="Path">The file that they come from; null without one.</param>
public sealed record GateRules(GateRule Defaults, IReadOnlyList<KeyValuePair<string, GateRule>> Cells, string? Path)
{
    private const long MaximumBytes = 1L << 20;

    /// <summary>5 % for time and cost, 1 % for the size of the model, 0.01 for accuracy and Dice; outputs must be equivalent.</summary>
    public static readonly GateRules Standard = new(
        new GateRule { Threshold = 0.05, SizeThreshold = 0.01, MetricMargin = 0.01, RequireEquivalence = true }, [], null);

    /// <summary>Reads rules from a file.</summary>
    /// <param name="path">A JSON file; the README shows one.</param>
    /// <returns>The rules; what the file leaves open is as in <see cref="Standard"/>.</returns>
    /// <exception cref="RunFormatException">The file is missing, damaged, or has rules that make no sense;
    /// all of them are named.</exception>
    public static GateRules Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        _ => "found more than a megabyte; expected the rules of a gate.",
        () => Parse(File.ReadAllBytes(path), path));

    internal static GateRules Parse(ReadOnlySpan<byte> json, string path)
    {
        RulesFile file;
        try
        {
            file = JsonSerializer.Deserialize(json, RulesJson.Default.RulesFile) ?? throw new JsonException("Expected an object.");
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"found what are no rules of a gate: {e.Message}", e);
        }

        var cells = (file.Cells ?? []).ToList();
        var faults = new List<string>();
        if (file.SchemaVersion != 1)
        {
            faults.Add($"schemaVersion is {file.SchemaVersion}; expected 1");
        }

        faults.AddRange((file.All ?? new GateRule()).Faults("all: "));
        faults.AddRange(
            cells.SelectMany(cell => cell.Value is null ? [$"{cell.Key}: is null; expected a rule"] : cell.Value.Faults($"{cell.Key}: ")));
        return faults.Count == 0
            ? new GateRules((file.All ?? new GateRule()).Over(Standard.Defaults), cells, path)
            : throw new RunFormatException(path, $"{string.Join("; ", faults)}.");
    }

    /// <summary>The rule for a cell.</summary>
    /// <param name="name">The cell's name.</param>
    /// <returns>The rule.</returns>
    public GateRule For(string name) => Cells
        .Where(cell => CellPattern.Matches(cell.Key, name))
        .Aggregate(Defaults, (rule, cell) => cell.Value.Over(rule));

    /// <summary>The thresholds of a cell: what a rule allows of the time it allows of images per second and of the cost too, unless a
    /// rule names another share.</summary>
    /// <param name="name">The cell's name.</param>
    /// <returns>The thresholds.</returns>
    public CellThresholds Thresholds(string name)
    {
        var rule = For(name);
        return new CellThresholds(rule.Threshold!.Value, rule.CostThreshold ?? rule.Threshold.Value)
        {
            Throughput = rule.ThroughputThreshold ?? rule.Threshold.Value,
            Allocation = rule.AllocationThreshold ?? default,
        };
    }

    /// <summary>Refuses patterns that mean nothing here: a misspelt one would quietly leave a cell to the defaults.</summary>
    /// <param name="names">The names of all cells.</param>
    /// <exception cref="RunFormatException">A pattern matches no cell.</exception>
    public void CheckPatterns(IReadOnlyCollection<string> names)
    {
        var unused = Cells.Select(cell => cell.Key).Where(pattern => !names.Any(name => CellPattern.Matches(pattern, name))).ToList();
        if (unused.Count > 0)
        {
            throw new RunFormatException(Path ?? "rules", $"{string.Join(" and ", unused.Select(pattern => $"'{pattern}'"))} match no "
                + "cell; expected patterns such as 'unet/*/fp16/*'.");
        }
    }

    internal sealed record RulesFile(int SchemaVersion, GateRule? All, Dictionary<string, GateRule>? Cells)
    {
        [JsonPropertyName("$schema")]
        public string? Schema { get; init; }
    }
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
[JsonSerializable(typeof(GateRules.RulesFile))]
internal sealed partial class RulesJson : JsonSerializerContext;
