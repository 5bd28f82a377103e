using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Exports;

/// <summary>A JSON export of BenchmarkDotNet, 0.12 to today, full or brief: only what is needed of it.</summary>
internal sealed record ExportDocument(ExportHost? HostEnvironmentInfo, IReadOnlyList<ExportCase?>? Benchmarks)
{
    // A full export of hundreds of benchmarks has tens of megabytes.
    private const long MaximumBytes = 512L << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="RunFormatException">It is missing, too large, damaged or no export.</exception>
    public static ExportDocument Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        length => $"found {length >> 20} MiB; expected at most {MaximumBytes >> 20}. Export the benchmarks in parts, or as -brief.json.",
        () => Parse(File.ReadAllBytes(path), path));

    /// <summary>Reads the contents of a file.</summary>
    /// <exception cref="RunFormatException">They are damaged or no export.</exception>
    public static ExportDocument Parse(ReadOnlySpan<byte> json, string path)
    {
        ExportDocument? document;
        try
        {
            document = Deserialize(json);
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, ForeignFile.Describe(json, path) ?? $"the file is damaged or truncated: {e.Message}", e);
        }

        return document?.Benchmarks is { } benchmarks && benchmarks.All(benchmark => benchmark is not null)
            ? document
            : throw new RunFormatException(path, "found no Benchmarks; expected a JSON export of BenchmarkDotNet.");
    }

    private static ExportDocument? Deserialize(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ExportJson.Default.ExportDocument);
        }
        catch (JsonException) when (JsonRepair.TryRepair(json, out var repaired))
        {
            return JsonSerializer.Deserialize(repaired, ExportJson.Default.ExportDocument);
        }
    }
}

/// <summary>The machine that BenchmarkDotNet saw.</summary>
internal sealed record ExportHost(
    string? BenchmarkDotNetVersion,
    [property: JsonConverter(typeof(LooseText))] string? OsVersion,
    [property: JsonConverter(typeof(LooseText))] string? ProcessorName,
    int? PhysicalCoreCount,
    int? LogicalCoreCount,
    [property: JsonConverter(typeof(LooseText))] string? RuntimeVersion,
    string? Architecture,
    string? Configuration);

/// <summary>One benchmark with one job and one set of parameters.</summary>
internal sealed record ExportCase(
    string? DisplayInfo,
    string? Namespace,
    string? Type,
    string? Method,
    string? MethodTitle,
    string? Parameters,
    string? FullName,
    ExportStatistics? Statistics,
    IReadOnlyList<ExportMeasurement?>? Measurements,
    JsonElement? Memory = null,
    JsonElement? Metrics = null);

/// <summary>What BenchmarkDotNet computed; null where the benchmark failed. Before 0.12 there are no original values.</summary>
internal sealed record ExportStatistics(IReadOnlyList<double>? OriginalValues, int? N, double? Mean, double? StandardError);

/// <summary>One iteration.</summary>
internal sealed record ExportMeasurement(
    string? IterationMode, string? IterationStage, int LaunchIndex, int IterationIndex, long Operations, double Nanoseconds);

/// <summary>Reads numbers as BenchmarkDotNet writes them: what is not finite is an empty text from 0.13 on.</summary>
internal sealed class LooseNumber : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when reader.GetString() is "" or "NaN" or "Infinity" or "-Infinity" => double.NaN,
        _ => throw new JsonException("Expected a number."),
    };

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Reads texts. Before 0.10 some are objects that hold the text as their <c>Value</c>.</summary>
internal sealed class LooseText : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("Expected a text.");
        }

        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.TryGetProperty("Value", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>How exports are read.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(LooseNumber)], AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(ExportDocument))]
internal sealed partial class ExportJson : JsonSerializerContext;
