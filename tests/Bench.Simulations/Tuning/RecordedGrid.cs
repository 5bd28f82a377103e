using System.Text.Json;
using System.Text.Json.Serialization;
using Bench.Analysis.Runs;

namespace Bench.Simulations.Tuning;

/// <summary>Every configuration of a real machine, measured in every round: what a search is spared.</summary>
/// <param name="Machine">Where it was measured.</param>
/// <param name="Default">The configuration that others are compared with.</param>
/// <param name="MsPerImage">By configuration and round the time of an image in ms.</param>
internal sealed record RecordedGrid(string Machine, string Default, IReadOnlyDictionary<string, double[]> MsPerImage)
{
    /// <summary>Takes it from a run folder.</summary>
    /// <param name="path">The run: all configurations of one network.</param>
    public static RecordedGrid Record(string path)
    {
        var run = MeasuredRun.Read(new RunFolder(path));
        var cells = run.Manifest.Cells.Where(cell => cell.Status == CellStatus.Measured).ToList();
        return new RecordedGrid(
            $"{run.Manifest.Machine.Cpu}, {run.Manifest.Machine.LogicalCores} cores",
            cells.MinBy(cell => (cell.Id.Precision != "fp32", cell.Id.ToString().Length))!.Id.ToString(),
            cells.ToDictionary(
                cell => cell.Id.ToString(),
                cell => run.TimingsOf(cell)!.Launches.Select(launch => Math.Round(launch.RequestMs / cell.Id.Batch, 4)).ToArray()));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RecordedGrid Read(string path) => JsonSerializer.Deserialize(File.ReadAllBytes(path), GridJson.Default.RecordedGrid)
        ?? throw new InvalidDataException($"{path}: found null; expected a recorded grid.");

    /// <summary>Writes it, a line for each configuration.</summary>
    public void Write(string path) => File.WriteAllText(
        path, JsonSerializer.Serialize(this, GridJson.Default.RecordedGrid).Replace("],\"", "],\n\"", StringComparison.Ordinal) + "\n");
}

/// <summary>How a grid is kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordedGrid))]
internal sealed partial class GridJson : JsonSerializerContext;
