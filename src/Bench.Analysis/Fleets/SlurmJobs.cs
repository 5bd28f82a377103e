using System.Globalization;
using System.Text;

namespace Bench.Analysis.Fleets;

/// <summary>Writes a fleet for Slurm: a job array for each kind of machine, of which each task has a node to itself.</summary>
/// <remarks>Options of sbatch: https://slurm.schedmd.com/sbatch.html. Nothing is put back into the queue: a worker that failed says
/// why, and whoever reads that submits it again. Arrays count from 0, since clusters limit the largest number (MaxArraySize).</remarks>
public static class SlurmJobs
{
    /// <summary>Writes it.</summary>
    /// <param name="manifest">The fleet.</param>
    public static IReadOnlyList<FleetText> Write(FleetManifest manifest) =>
        [.. manifest.Machines.Where(machine => manifest.Of(machine.Name).Count > 0).Select(machine => new FleetText(
            $"{machine.Name}.sbatch", Job(manifest, machine), IsProgram: true))];

    private static string Job(FleetManifest manifest, MachineKind machine)
    {
        var text = new StringBuilder("#!/bin/bash\n");
        foreach (var option in Options(manifest, machine))
        {
            text.Append("#SBATCH --").Append(option).Append('\n');
        }

        return text.Append(Script(machine, manifest.Of(machine.Name))).ToString();
    }

    private static IEnumerable<string> Options(FleetManifest manifest, MachineKind machine)
    {
        var last = manifest.Of(machine.Name).Count - 1;
        yield return $"job-name=bench-{manifest.Name}-{machine.Name}";
        yield return FormattableString.Invariant($"array=0-{last}") + (machine.AtOnce is { } most
            ? FormattableString.Invariant($"%{most}")
            : string.Empty);
        yield return "nodes=1";
        yield return "exclusive";
        yield return "no-requeue";
        yield return FormattableString.Invariant($"time={manifest.Minutes}");
        // A worker that runs out of time says so; the shell has become the worker by then.
        yield return "signal=B:TERM@60";
        // What a worker did stands in its own folder; this is what it said.
        yield return "output=slurm-%A_%a.out";
        if (machine.Constraint is { } constraint)
        {
            yield return $"constraint=\"{constraint}\"";
        }

        if (machine.Partition is { } partition)
        {
            yield return $"partition=\"{partition}\"";
        }

        if (machine.GpuCount > 0)
        {
            yield return FormattableString.Invariant($"gres=gpu:{machine.GpuCount}");
        }

        if (machine.Cores is { } cores)
        {
            yield return FormattableString.Invariant($"cpus-per-task={cores}");
        }

        if (machine.MemoryGiB is { } memory)
        {
            yield return FormattableString.Invariant($"mem={memory}G");
        }
    }

    private static string Script(MachineKind machine, IReadOnlyList<FleetUnit> units) => string.Create(CultureInfo.InvariantCulture, $$"""
        # {{units.Count}} pieces of work for {{machine.Name}}. Submit it in the folder of {{FleetManifest.FileName}}, which all nodes see:
        #   BENCH_PROGRAM=/path/to/the/published/folder sbatch {{machine.Name}}.sbatch
        # What is done, or is being done, is left alone, so it may be submitted again.
        program=${BENCH_PROGRAM:?expected the published folder}
        fleet=$SLURM_SUBMIT_DIR
        export {{ClaimOwner.NodeVariable}}=$SLURMD_NODENAME
        exec "$program/Bench.Benchmarks" fleet-worker --manifest "$fleet/{{FleetManifest.FileName}}" \
            --first {{units[0].Index}} --index "$SLURM_ARRAY_TASK_ID" --output "$fleet/{{FleetFolder.Name}}"

        """).ReplaceLineEndings("\n");
}
