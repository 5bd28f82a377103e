using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Launches;

/// <summary>
/// Finds out in a process of its own, before the first round, where and in what precision a network really runs: a fallback is known before
/// an hour is spent, and no second copy of the network shares the device with one that is timed.
/// What an engine builds once is built here, too.
/// </summary>
internal static class Inspection
{
    /// <exception cref="InferenceException">The engine failed, or what matters ran elsewhere than on the backend.</exception>
    public static void Run(LaunchPlan plan, CellId cell)
    {
        var model = plan.Models[cell.Model];
        var backend = BackendCatalogue.Find(cell.Backend.ToString(), plan.Libraries.Runtimes())!;
        backend.Open();
        for (var build = plan.Measuring.Builds; build >= 1; build--)
        {
            _ = backend.Prepare(model.Request(cell, backend, plan.Cache, build));
        }

        var request = model.Request(cell, backend, plan.Cache, 1);
        using var reader = new RequestReader(model, model.Layout(cell, backend));
        var profile = backend.Inspect(
            request, reader.Read([.. Enumerable.Range(0, cell.Batch).Select(image => image % model.EvaluatedImages)]));
        if (!plan.AllowFallback && profile.Fallback(cell.Backend.ToString()) is { } fallback)
        {
            throw new InferenceException(fallback);
        }

        var weighty = cell.Precision == Precision.Int8.Id ? profile.Weighty : null;
        new RunFolder(plan.RunPath).Launches.Write(new InspectionRecord
        {
            Cell = cell,
            Device = profile.Device ?? InspectionRecord.OnProcessor,
            EffectivePrecision = profile.EffectivePrecision,
            IntegerNodes = weighty?.Integers,
            WeightyNodes = weighty?.All,
            NodesElsewhere = [.. profile.NodesElsewhere.Select(node => new NodeFacts(node.Operator, node.Provider, node.Count))],
        });
    }
}
