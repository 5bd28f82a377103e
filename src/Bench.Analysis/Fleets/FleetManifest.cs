using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Input;
using Bench.Analysis.Json;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>Everything that a fleet is to do: <c>manifest.json</c>. Workers read it, and what they leave is held against it.</summary>
/// <remarks>The schema is <c>src/Bench.Analysis/Fleets/manifest.schema.json</c>.</remarks>
public sealed record FleetManifest
{
    /// <summary>The version of the format.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.json";

    private const long MaximumBytes = 64L << 20;

    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The program that all workers run.</summary>
    public required FleetProgram Program { get; init; }

    /// <summary>The files that a finished worker leaves, relative to the folder of its run.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>How long a worker may take, in minutes.</summary>
    public required int Minutes { get; init; }

    /// <summary>The kinds of machines.</summary>
    public required IReadOnlyList<MachineKind> Machines { get; init; }

    /// <summary>What is to be done: those of a kind of machine stand together, in the order of <see cref="Machines"/>.</summary>
    public required IReadOnlyList<FleetUnit> Units { get; init; }

    /// <summary>A hash over the units, 8 hex digits: tells one fleet from another.</summary>
    [JsonIgnore]
    public string Name => FleetId.Of(8, [.. Units.Select(unit => unit.Id)]);

    /// <summary>The units of a kind.</summary>
    /// <param name="machine">The kind's name.</param>
    public IReadOnlyList<FleetUnit> Of(string machine) => [.. Units.Where(unit => unit.Machine == machine)];

    /// <summary>The kind of a unit.</summary>
    public MachineKind KindOf(FleetUnit unit) => Machines.First(machine => machine.Name == unit.Machine);

    /// <summary>Its text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FleetJson.Options).ReplaceLineEndings("\n") + "\n";

    /// <summary>Writes it.</summary>
    /// <param name="folder">The folder of the fleet.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string folder) => AtomicFile.Write(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes(ToJson()));

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RunFormatException">It is missing, damaged, of another version, or says what no plan says.</exception>
    public static FleetManifest Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        length => $"found {length >> 20} MiB; expected at most {MaximumBytes >> 20}: the manifest of a fleet.",
        () => Parse(File.ReadAllBytes(path), path));

    /// <summary>Reads the contents of a file.</summary>
    /// <exception cref="RunFormatException">They are damaged, of another version, or say what no plan says.</exception>
    internal static FleetManifest Parse(ReadOnlySpan<byte> text, string path)
    {
        FleetManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<FleetManifest>(text, FleetJson.Options);
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"the file is damaged or truncated: {JsonFault.Of(e)}", e);
        }

        return manifest is null || manifest.HasHoles()
            ? throw new RunFormatException(path, "found null where the manifest of a fleet, or a part of it, was expected.")
            : manifest.SchemaVersion != CurrentSchemaVersion
            ? throw new RunFormatException(path, $"found schemaVersion {manifest.SchemaVersion}; expected {CurrentSchemaVersion}.")
            : manifest.Faults().FirstOrDefault() is { } fault
                ? throw new RunFormatException(path, $"{fault} Plan it again: bench fleet plan.")
                : manifest;
    }

    // The serializer sees to members that must not be null, but not to what lists hold.
    private bool HasHoles() => Files.Any(file => file is null) || Machines.Any(machine => machine is null)
        || Units.Any(unit => unit is null || unit.Arguments.Any(argument => argument is null));

    private IEnumerable<string> Faults()
    {
        foreach (var (place, machine) in Machines.Index())
        {
            foreach (var fault in MachineKindFaults.Of(machine))
            {
                yield return FormattableString.Invariant($"machines[{place}]: {fault}");
            }
        }

        if (Units.Count == 0)
        {
            yield return "found no piece of work; expected at least one.";
        }

        if (Machines.GroupBy(machine => machine.Name).FirstOrDefault(same => same.Count() > 1) is { Key: { } doubled })
        {
            yield return $"the machine {doubled} is there twice.";
        }

        var names = Machines.Select(machine => machine.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (place, unit) in Units.Index())
        {
            if (unit.Index != place)
            {
                yield return FormattableString.Invariant($"found index {unit.Index} at place {place}; expected {place}.");
            }

            if (!names.Contains(unit.Machine))
            {
                yield return FormattableString.Invariant($"unit {place} names the machine '{unit.Machine}', which is not there.");
            }

            if (!FleetId.IsOne(unit.Id))
            {
                yield return FormattableString.Invariant($"unit {place} has the id '{unit.Id}'; expected 16 hex digits.");
            }
        }

        if (Units.GroupBy(unit => unit.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return $"the id {twice.Key} is there twice.";
        }

        // Jobs count from the first unit of a kind on.
        if (Units.Where((unit, place) => place == 0 || Units[place - 1].Machine != unit.Machine).CountBy(unit => unit.Machine)
            .FirstOrDefault(kind => kind.Value > 1) is { Key: { } apart })
        {
            yield return $"the units of {apart} do not stand together.";
        }
    }
}
