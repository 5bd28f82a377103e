using System.Globalization;

namespace Bench.Analysis.Fleets;

/// <summary>Writes a fleet for machines that nothing schedules: a loop over all that is to be done on a kind of machine.</summary>
public static class ShellLoop
{
    /// <summary>Writes it.</summary>
    /// <param name="manifest">The fleet.</param>
    public static IReadOnlyList<FleetText> Write(FleetManifest manifest) =>
        [.. manifest.Machines.Where(machine => manifest.Of(machine.Name).Count > 0).Select(machine => new FleetText(
            $"{machine.Name}.sh", Loop(machine.Name, manifest.Of(machine.Name)), IsProgram: true))];

    private static string Loop(string machine, IReadOnlyList<FleetUnit> units) => string.Create(CultureInfo.InvariantCulture, $$"""
        #!/bin/sh
        # {{units.Count}} pieces of work for a machine of the kind {{machine}}. Run it on each of them:
        #   {{machine}}.sh /path/to/the/published/folder
        # What is done, or is being done elsewhere, is left alone, so it may be run again, and on several machines that share this folder.
        # It ends with 0 if nothing failed, else with the exit code of what failed last.
        program=${1:?expected the published folder}
        fleet=$(cd "$(dirname "$0")" && pwd) || exit 4
        worker=
        trap '[ -z "$worker" ] || { kill "$worker"; wait "$worker"; }; exit 4' INT TERM
        code=0
        for index in $(seq {{units[0].Index}} {{units[^1].Index}}); do
            "$program/Bench.Benchmarks" fleet-worker --manifest "$fleet/{{FleetManifest.FileName}}" \
                --index "$index" --output "$fleet/{{FleetFolder.Name}}" &
            worker=$!
            wait "$worker" || code=$?
        done
        exit $code

        """).ReplaceLineEndings("\n");
}
