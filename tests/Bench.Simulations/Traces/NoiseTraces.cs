using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Runs;

namespace Bench.Simulations.Traces;

/// <summary>Every latency of repeated runs of the same code, some of them slowed down on purpose: what the gate is tried on.</summary>
/// <param name="Machine">Where they were measured.</param>
/// <param name="Profile">How much was measured.</param>
/// <param name="Control">The pattern of the cells that cannot have changed.</param>
/// <param name="Runs">The runs, in the order in which they were measured.</param>
internal sealed record NoiseTraces(string Machine, string Profile, string Control, IReadOnlyList<TracedRun> Runs)
{
    /// <summary>Takes the latencies out of run folders.</summary>
    public static NoiseTraces Record(IReadOnlyList<string> paths, string control)
    {
        var runs = paths.Select(path => MeasuredRun.Read(new RunFolder(path))).OrderBy(run => run.Manifest.StartedUtc).ToList();
        var machine = runs[0].Manifest.Machine;
        return new NoiseTraces(
            $"{machine.Cpu}, {machine.LogicalCores} "
            + $"cores{(machine.Virtualisation is { } virtualisation ? $", virtualised ({virtualisation})" : string.Empty)}",
            runs[0].Manifest.Profile,
            control,
            [.. runs.Select(run => new TracedRun(
                run.Manifest.StartedUtc,
                run.Manifest.Cells.Max(cell => cell.SlowedDownBy) ?? 0,
                run.Manifest.Cells.Where(cell => cell.Status == CellStatus.Measured)
                    .ToDictionary(cell => cell.Id.ToString(), cell => Launches(run, cell))))]);
    }

    public static NoiseTraces Read(string path) => JsonSerializer.Deserialize(File.ReadAllBytes(path), TracesJson.Default.NoiseTraces)
        ?? throw new InvalidDataException($"{path}: found null; expected what TracesTests wrote wrote.");

    public void Write(string path) => File.WriteAllText(
        path, JsonSerializer.Serialize(this, TracesJson.Default.NoiseTraces).Replace("],[", "],\n[", StringComparison.Ordinal) + "\n");

    // A microsecond is a thousandth of what differs from run to run.
    private static double[][] Launches(MeasuredRun run, CellFacts cell) =>
        [.. run.TimingsOf(cell)!.Launches.Select(launch => launch.LatenciesMs.Select(ms => Math.Round(ms, 3)).ToArray())];
}

/// <summary>One run.</summary>
/// <param name="StartedUtc">When it was measured.</param>
/// <param name="SlowedDownBy">The share that inferences of all cells but the control ones took longer on purpose; 0 for none.</param>
/// <param name="Cells">By cell and launch the latencies in ms, in the order of measurement.</param>
internal sealed record TracedRun(DateTimeOffset StartedUtc, double SlowedDownBy, IReadOnlyDictionary<string, double[][]> Cells);

/// <summary>How traces are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NoiseTraces))]
internal sealed partial class TracesJson : JsonSerializerContext;
