using System.Runtime.InteropServices;
using Bench.Analysis.Exports;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Arrays.Npy;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Inference;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Progress;
using Bench.Inference;
using Bench.Models.Metrics;

namespace Bench.Benchmarks.Host;

/// <summary>Puts together what the processes of a cell left behind: observations, outputs, and how good the outputs are.</summary>
internal sealed class ResultCollector(
    RunFolder folder, Profile profile, LaunchPlan plan, RunProgress progress, bool wasInterrupted, string whyNothingStarted)
{
    /// <summary>Completes a cell.</summary>
    /// <param name="cell">The cell as it was laid out.</param>
    /// <param name="model">Its model.</param>
    /// <param name="timings">What BenchmarkDotNet reported for it; null if nothing.</param>
    public CellFacts Collect(CellFacts cell, PreparedModel model, CellTimings? timings) =>
        CollectRecords(cell with { Complaints = progress.ComplaintsOf(cell.Id.ToString()) }, model, timings);

    private CellFacts CollectRecords(CellFacts cell, PreparedModel model, CellTimings? timings)
    {
        if (cell.Status != CellStatus.Pending)
        {
            return cell;
        }

        var records = new List<LaunchRecord>();
        for (var round = 1; round <= profile.Rounds; round++)
        {
            var job = new JobName(cell.Backend.ToString(), cell.Precision, MachineProbe.Platform, round).ToString();
            var record = LaunchRecord.Read(LaunchRecord.PathOf(plan.WorkFolder, job, cell.Model));
            if (record is { Failure: { } failure, Cancelled: false })
            {
                return cell with { Status = CellStatus.Failed, Reason = failure };
            }

            if (record is { Failure: null } && progress.EndingOf(job, cell.Model) is null)
            {
                records.Add(record);
                continue;
            }

            if (wasInterrupted)
            {
                break;
            }

            return cell with
            {
                Status = CellStatus.Failed,
                Reason = progress.EndingOf(job, cell.Model)
                    ?? $"no benchmark process left a record of this cell; see bdn/benchmark.log. {whyNothingStarted}".TrimEnd(),
            };
        }

        // A launch that was interrupted left timings too; only those of whole launches count.
        var iterations = timings?.Only([.. records.Select(record => record.Launch!.Round)]).Count ?? 0;
        if (records.Count == 0)
        {
            return cell with { Reason = "the run was interrupted before this cell had a whole launch." };
        }

        if (iterations != records.Count * profile.Iterations)
        {
            return cell with
            {
                Status = CellStatus.Failed,
                Reason = $"BenchmarkDotNet reported {iterations} timed inferences; expected {records.Count * profile.Iterations}; "
                    + $"see bdn/benchmark.log. {whyNothingStarted}".TrimEnd(),
            };
        }

        try
        {
            return Complete(cell, model, records, iterations);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NpyFormatException)
        {
            // The other cells' results must not be lost with this one's.
            return cell with { Status = CellStatus.Failed, Reason = $"its outputs could not be kept: {e.Message}" };
        }
    }

    private CellFacts Complete(CellFacts cell, PreparedModel model, List<LaunchRecord> records, int iterations)
    {
        if (records.Find(record => record.Facts!.Version != records[0].Facts!.Version || record.Facts.Device != records[0].Facts!.Device)
            is { Facts: { } other })
        {
            return cell with
            {
                Status = CellStatus.Failed,
                Reason = $"its launches ran on different engines or devices: {records[0].Facts!.Version} on {records[0].Facts!.Device}, "
                    + $"then {other.Version} on {other.Device}.",
            };
        }

        var execution = records[0].Profile;
        var measured = cell with
        {
            Status = CellStatus.Measured,
            // A network without convolutions or matrix products has none.
            EffectivePrecision = execution?.EffectivePrecision is { Length: > 0 } precision ? precision : null,
            Engine = Engine(cell, records[0].Facts!),
            Device = records[0].Facts!.Device,
            EngineSettings = records[0].Facts!.Settings,
            NotComparable = NotComparable(records[0].Facts!),
            NodesElsewhere = [.. (execution?.NodesElsewhere ?? []).Select(node => new NodeFacts(node.Operator, node.Provider, node.Count))],
            Launches = [.. records.Select(record => record.Launch!)],
            Iterations = iterations,
        };
        var images = records.Sum(record => record.Images.Count);
        var expected = plan.Models[cell.Model].EvaluatedImages;
        if (images < expected)
        {
            return measured with
            {
                Warnings = [$"outputs of {images} of {expected} images only: the run was interrupted, so there is no task metric."],
            };
        }

        var outputs = MergeOutputs(cell, records, expected);
        var doubt = model.Data!.Metric.Doubt(outputs);
        return measured with
        {
            Outputs = RunFolder.OutputsOf(cell.Id),
            TaskMetric = Score(model.Data.Metric, outputs, expected),
            Warnings = doubt is null ? measured.Warnings : [.. measured.Warnings, doubt],
        };
    }

    /// <summary>What the library says of itself counts, not what stands beside it.</summary>
    private static string? Engine(CellFacts cell, SessionFacts facts) =>
        facts.Version is { } version ? $"{cell.Engine?.Split(' ')[0]} {version}" : cell.Engine;

    private static string? NotComparable(SessionFacts facts) => CompatibilityLayer.Name is { } layer
        ? $"measured under {layer}, which imitates what it stands for."
        : facts.IsSoftwareDevice ? $"measured on {facts.Device}, a program on the processor that stands in for a GPU." : null;

    private float[] MergeOutputs(CellFacts cell, List<LaunchRecord> records, int count)
    {
        var model = plan.Models[cell.Model];
        var outputs = new float[(long)count * model.OutputLength];
        for (var round = 1; round <= records.Count; round++)
        {
            var job = new JobName(cell.Backend.ToString(), cell.Precision, MachineProbe.Platform, round).ToString();
            using var rows = NpyRows.Open(LaunchRecord.OutputsPathOf(plan.WorkFolder, job, cell.Model));
            for (var row = 0; row < rows.Count; row++)
            {
                var destination = outputs.AsSpan(records[round - 1].Images[row] * model.OutputLength, model.OutputLength);
                rows.Read(row, MemoryMarshal.AsBytes(destination));
            }
        }

        Directory.CreateDirectory(folder.OutputsPath);
        NpyArray.FromSingles(outputs, [count, .. model.OutputShape.Skip(1)]).Write(Path.Combine(folder.Path, RunFolder.OutputsOf(cell.Id)));
        return outputs;
    }

    private static TaskMetricFacts Score(ITaskMetric metric, float[] outputs, int count)
    {
        var length = outputs.Length / count;
        var scores = new ImageScore[count];
        for (var image = 0; image < count; image++)
        {
            scores[image] = metric.Score(image, outputs.AsSpan(image * length, length));
        }

        return new TaskMetricFacts(
            metric.Name,
            scores.Average(score => score.Metric),
            metric.GradedName,
            Array.ConvertAll(scores, score => score.Metric),
            Array.ConvertAll(scores, score => score.Graded));
    }
}
