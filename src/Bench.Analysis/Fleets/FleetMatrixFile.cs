using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Input;
using Bench.Analysis.Json;

namespace Bench.Analysis.Fleets;

/// <summary>Reads the file that says what is to be measured on many machines.</summary>
public static class FleetMatrixFile
{
    private const long MaximumBytes = 1L << 20;

    // As run.json is read, but comments may stand in what people write, and a misspelt name is refused.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly string[] Members = NamesOf(typeof(FleetMatrix));
    private static readonly string[] MachineMembers = NamesOf(typeof(MachineKind));

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The matrix, valid.</returns>
    /// <exception cref="RunFormatException">It is missing or damaged, or makes no sense; all faults are named.</exception>
    public static FleetMatrix Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        length => FormattableString.Invariant(
            $"found {length:#,0} bytes; expected at most {MaximumBytes:#,0}: what a fleet is to measure."),
        () => Parse(File.ReadAllBytes(path), path));

    /// <summary>Reads the contents of a file.</summary>
    /// <exception cref="RunFormatException">As for <see cref="Read"/>.</exception>
    internal static FleetMatrix Parse(ReadOnlySpan<byte> json, string path)
    {
        // Some editors put a mark in front.
        json = json.StartsWith("\uFEFF"u8) ? json["\uFEFF"u8.Length..] : json;
        FleetMatrix matrix;
        try
        {
            using var document = JsonDocument.Parse(
                json.ToArray(), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var unknown = Unknown(document.RootElement).ToList();
            if (unknown.Count > 0)
            {
                throw new RunFormatException(path, Faults.Text(unknown));
            }

            matrix = JsonSerializer.Deserialize<FleetMatrix>(document, Options) ?? throw new JsonException("expected an object");
        }
        catch (InvalidOperationException e)
        {
            throw new RunFormatException(path, "a name in it is no text in UTF-8.", e);
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"found what is no matrix of a fleet: {JsonFault.Of(e)}", e);
        }

        if (HasHoles(matrix))
        {
            throw new RunFormatException(path, "found null in a list, or as a value; expected names.");
        }

        var faults = FleetMatrixFaults.Of(matrix).ToList();
        return faults.Count == 0 ? matrix : throw new RunFormatException(path, Faults.Text(faults));
    }

    // The serializer sees to members that must not be null, but not to what lists and dictionaries hold.
    private static bool HasHoles(FleetMatrix matrix) =>
        HaveHoles(matrix.Models, matrix.Backends, matrix.Precisions) || HasHoles(matrix.Set)
        || matrix.Machines.Any(machine => machine is null || HaveHoles(machine.Backends, machine.Precisions) || HasHoles(machine.Set)
            || machine.NodeSelector?.Values.Any(label => label is null) == true);

    private static bool HasHoles(IReadOnlyDictionary<string, IReadOnlyList<string>>? set) =>
        set?.Values.Any(values => values is null || HaveHoles(values)) == true;

    private static bool HaveHoles(params IReadOnlyList<IReadOnlyList<string>?> lists) =>
        lists.Any(list => list?.Any(word => word is null) == true);

    private static IEnumerable<string> Unknown(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return ["Expected an object with models and machines."];
        }

        var machines = root.TryGetProperty("machines", out var found) && found.ValueKind == JsonValueKind.Array
            ? found.EnumerateArray().SelectMany((machine, i) =>
                Unknown(machine, FormattableString.Invariant($"machines[{i}]: "), MachineMembers))
            : [];
        return Unknown(root, string.Empty, Members).Concat(machines);
    }

    private static IEnumerable<string> Unknown(JsonElement element, string where, string[] known) =>
        element.ValueKind != JsonValueKind.Object ? [] : element.EnumerateObject().Where(member => !known.Contains(member.Name))
            .Select(member => $"{where}there is no '{member.Name}'; expected some of {string.Join(", ", known)}.");

    private static string[] NamesOf(Type type) => [.. type.GetProperties().Where(property => property.CanWrite)
        .Select(property => property.Name == nameof(FleetMatrix.Schema) && type == typeof(FleetMatrix)
            ? "$schema"
            : JsonNamingPolicy.CamelCase.ConvertName(property.Name))];
}
