using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Rows;

/// <summary>The cell that is the same as another one, but for one image in a request: engines may choose other algorithms for a batch.
/// </summary>
internal static class OwnBatch1
{
    /// <summary>Finds it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>The cell with one image in a request; null if the cell has one itself, or there is none.</returns>
    public static CellFacts? Of(MeasuredRun run, CellFacts cell)
    {
        if (cell is not { OpenLoad: null, Id: { Batch: > 1 } id })
        {
            return null;
        }

        var alone = new CellId(id.Model, id.Backend, id.Variant.With("batch", null), id.Precision, id.Platform);
        return run.CellsOf(id.Model).FirstOrDefault(other => other.OpenLoad is null && other.Id == alone);
    }
}
