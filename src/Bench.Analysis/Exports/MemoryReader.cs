using System.Text.Json;
using Bench.Analysis.Input;

namespace Bench.Analysis.Exports;

/// <summary>
/// Reads what MemoryDiagnoser left in a JSON export: the member <c>Memory</c>, and where that is not there the metrics of a full export.
/// </summary>
internal static class MemoryReader
{
    private const double OperationsOfACount = 1000;

    /// <summary>Reads the memory of a benchmark.</summary>
    /// <param name="memory">The member <c>Memory</c>; full and brief exports have it since 0.10.</param>
    /// <param name="metrics">The member <c>Metrics</c>; only full exports have it.</param>
    /// <param name="where">The benchmark, for messages.</param>
    /// <param name="path">The file, for messages.</param>
    /// <returns>What was counted; null where MemoryDiagnoser was not used.</returns>
    /// <exception cref="RunFormatException">A number of it is none, or below 0.</exception>
    public static ExportedMemory? Read(JsonElement? memory, JsonElement? metrics, string where, string path)
    {
        var read = Parse(memory, metrics, where, path);
        foreach (var number in new[] { read?.Allocated?.Bytes, read?.Gen0, read?.Gen1, read?.Gen2 })
        {
            if (number is < 0 or double.PositiveInfinity)
            {
                throw new RunFormatException(path, FormattableString.Invariant(
                    $"found {number} in the memory of {where}; expected a number, not below 0."));
            }
        }

        return read is { Allocated: null, Gen0: null, Gen1: null, Gen2: null } ? null : read;
    }

    private static ExportedMemory? Parse(JsonElement? memory, JsonElement? metrics, string where, string path)
    {
        try
        {
            var ofMemory = memory is { ValueKind: JsonValueKind.Object } element ? OfMemory(element) : null;
            var ofMetrics = metrics is { ValueKind: JsonValueKind.Array } array ? OfMetrics(array) : null;

            // Builds of early 2022 left the bytes out of the one and not of the other.
            return ofMemory is null ? ofMetrics : ofMemory with { Allocated = ofMemory.Allocated ?? ofMetrics?.Allocated };
        }
        catch (InvalidOperationException e)
        {
            // The reader lets texts that are no UTF-8 pass until somebody asks for them.
            throw new RunFormatException(path, $"the memory of {where} is damaged: {e.Message}", e);
        }
    }

    private static ExportedMemory OfMemory(JsonElement memory)
    {
        var operations = Number(memory, "TotalOperations");
        double? Collections(string name) =>
            operations > 0 && Number(memory, name) is { } count ? count / operations * OperationsOfACount : null;
        return new ExportedMemory(
            Bytes(Number(memory, "BytesAllocatedPerOperation")),
            Collections("Gen0Collections"),
            Collections("Gen1Collections"),
            Collections("Gen2Collections"));
    }

    private static ExportedMemory OfMetrics(JsonElement metrics)
    {
        double? Metric(string id) =>
            metrics.EnumerateArray().Where(metric => IdOf(metric) == id).Select(metric => Number(metric, "Value")).FirstOrDefault();
        return new ExportedMemory(Bytes(Metric("Allocated Memory")), Metric("Gen0Collects"), Metric("Gen1Collects"),
            Metric("Gen2Collects"));
    }

    private static string? IdOf(JsonElement metric) => metric.ValueKind == JsonValueKind.Object
        && metric.TryGetProperty("Descriptor", out var descriptor) && descriptor.ValueKind == JsonValueKind.Object
        && descriptor.TryGetProperty("Id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;

    private static AllocatedBytes? Bytes(double? bytes) => bytes is { } number ? new AllocatedBytes(number) : null;

    // What is not known is null, or an empty text as all that is not finite.
    private static double? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? number : null;
}
