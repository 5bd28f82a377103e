using System.Globalization;
using System.Text.Json;

namespace Bench.Analysis.Fleets;

/// <summary>Divides a matrix into what workers do.</summary>
public static class FleetPlan
{
    // What a run leaves when it is complete.
    private static readonly string[] Files = ["run.json", "report.json", "report.md"];

    // Knobs that have an option of their own.
    private static readonly string[] OwnOptions = ["batch", "streams", "threads"];

    /// <summary>Divides it.</summary>
    /// <param name="matrix">The matrix, valid.</param>
    /// <param name="program">The program that workers run.</param>
    public static FleetManifest Of(FleetMatrix matrix, FleetProgram program)
    {
        var units = new List<FleetUnit>();
        foreach (var machine in matrix.Machines)
        {
            foreach (var model in matrix.Models)
            {
                for (var replicate = 1; replicate <= (machine.Replicates ?? matrix.Replicates); replicate++)
                {
                    units.Add(Unit(matrix, program, machine, model, replicate, units.Count));
                }
            }
        }

        return new FleetManifest
        {
            Program = program,
            Files = Files,
            Minutes = matrix.Minutes,
            Machines = matrix.Machines,
            Units = units,
        };
    }

    private static FleetUnit Unit(
        FleetMatrix matrix, FleetProgram program, MachineKind machine, string model, int replicate, int index)
    {
        var arguments = Arguments(matrix, machine, model);
        // Of the kind all that says which machines are meant; what is measured on them stands in the arguments.
        var kind = machine with { Replicates = null, AtOnce = null, Backends = null, Precisions = null, Set = null };
        var id = FleetId.OfUnit(
        [
            program.Digest, program.Image ?? string.Empty, Text(matrix.Seed), JsonSerializer.Serialize(kind, FleetJson.Compact), model,
            Text(replicate), .. arguments,
        ]);
        var seed = FleetId.Seed(id);
        return new FleetUnit(index, id, machine.Name, model, replicate, seed, [.. arguments, "--seed", Text(seed)]);
    }

    private static List<string> Arguments(FleetMatrix matrix, MachineKind machine, string model)
    {
        List<string> arguments = ["--models", model, "--profile", matrix.Profile];
        void Add(string option, string? value)
        {
            if (value is not null)
            {
                arguments.AddRange([option, value]);
            }
        }

        Add("--backends", Joined(machine.Backends ?? matrix.Backends));
        Add("--precisions", Joined(machine.Precisions ?? matrix.Precisions));
        foreach (var (knob, values) in (machine.Set ?? matrix.Set ?? new Dictionary<string, IReadOnlyList<string>>())
            .OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (OwnOptions.Contains(knob))
            {
                Add($"--{knob}", Joined(values));
            }
            else
            {
                Add("--set", $"{knob}={Joined(values)}");
            }
        }

        Add("--launches", matrix.Launches?.ToString(CultureInfo.InvariantCulture));
        Add("--limit", matrix.Limit);
        Add("--quantile", matrix.Quantile);
        Add("--hardware", machine.Hardware);
        Add("--usd-per-hour", machine.UsdPerHour?.ToString("R", CultureInfo.InvariantCulture));
        return arguments;
    }

    private static string? Joined(IReadOnlyList<string>? values) => values is null ? null : string.Join(',', values);

    private static string Text<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
