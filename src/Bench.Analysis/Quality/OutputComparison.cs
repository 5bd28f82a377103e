using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Quality;

/// <summary>How the outputs of a cell differ from those of the reference cell of the same model.</summary>
/// <param name="ReferenceCellId">The cell compared with.</param>
/// <param name="Images">How many images both processed.</param>
/// <param name="MetricChange">Task metric of the cell minus that of the reference.</param>
/// <param name="MaxAbsDifference">The largest absolute difference between two output values.</param>
/// <param name="Wilcoxon">The paired test on the graded score of each image.</param>
public sealed record OutputComparison(
    string ReferenceCellId, int Images, double MetricChange, double MaxAbsDifference, WilcoxonResult Wilcoxon)
{
    /// <summary>Compares a cell with the reference.</summary>
    /// <param name="folder">The run folder with the outputs of both.</param>
    /// <param name="reference">The reference cell.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>The comparison, or null if either has no outputs or they are of different images.</returns>
    /// <exception cref="RunFormatException">An output file is missing, damaged, or does not fit the other.</exception>
    public static OutputComparison? Between(RunFolder folder, CellFacts reference, CellFacts cell)
    {
        if (reference.TaskMetric is not { } expected || cell.TaskMetric is not { } found || reference.Outputs is null || cell.Outputs is null
            || expected.Graded.Count != found.Graded.Count || expected.Graded.Count == 0)
        {
            return null;
        }

        return new OutputComparison(
            reference.Id,
            found.Graded.Count,
            found.Value - expected.Value,
            LargestDifference(Read(folder, reference.Outputs), Read(folder, cell.Outputs), Path.Combine(folder.Path, cell.Outputs)),
            WilcoxonSignedRank.Test([.. found.Graded], [.. expected.Graded]));
    }

    private static NpyArray Read(RunFolder folder, string outputs)
    {
        var path = Path.Combine(folder.Path, outputs);
        try
        {
            return NpyArray.Read(path);
        }
        catch (Exception e) when (e is NpyFormatException or IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(path, e is NpyFormatException npy ? npy.Problem : e.Message, e);
        }
    }

    private static double LargestDifference(NpyArray reference, NpyArray cell, string path)
    {
        if (!reference.Shape.SequenceEqual(cell.Shape))
        {
            throw new RunFormatException(
                path, $"found shape ({string.Join(", ", cell.Shape)}); the reference cell's is ({string.Join(", ", reference.Shape)}).");
        }

        var expected = reference.ToSingles();
        var found = cell.ToSingles();
        var largest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs((double)found[i] - expected[i]);
            if (!double.IsFinite(difference))
            {
                throw new RunFormatException(path, $"found {found[i]} at position {i} and {expected[i]} in the reference cell; expected finite numbers.");
            }

            largest = Math.Max(largest, difference);
        }

        return largest;
    }
}
