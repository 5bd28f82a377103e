using Bench.Analysis.Input;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Equivalence;

/// <summary>How far the outputs of two cells are apart, image by image: from the outputs, or from what was kept of them.</summary>
internal static class OutputDifferences
{
    /// <summary>Compares two cells.</summary>
    /// <param name="referenceRun">The run of the one.</param>
    /// <param name="reference">The one.</param>
    /// <param name="run">The run of the other.</param>
    /// <param name="cell">The other, with scores for as many images.</param>
    /// <returns>How far they are apart; null if either never had outputs, or if outputs are gone and nothing was kept that compares
    /// these two.</returns>
    /// <exception cref="RunFormatException">A file is damaged, or does not fit the others.</exception>
    public static ImageDifferences? Of(MeasuredRun referenceRun, CellFacts reference, MeasuredRun run, CellFacts cell)
    {
        using var one = CellOutputs.Of(referenceRun.Folder, reference);
        using var other = CellOutputs.Of(run.Folder, cell);
        return one is null || other is null || one.Images != other.Images ? null
            : (one.AreThere && other.AreThere) || one.IsSameAs(other) ? CellOutputs.Compare(one, other, cell.TaskMetric is null)
            : Kept(referenceRun, Content(referenceRun, reference), run, Content(run, cell), other.Images);
    }

    /// <summary>Whether both cells had outputs, and some of them are not in their run's folder any more.</summary>
    public static bool AreGone(MeasuredRun referenceRun, CellFacts reference, MeasuredRun run, CellFacts cell)
    {
        using var one = CellOutputs.Of(referenceRun.Folder, reference);
        using var other = CellOutputs.Of(run.Folder, cell);
        return one is not null && other is not null && !(one.AreThere && other.AreThere);
    }

    /// <summary>What tells the outputs of a cell from others; null if it has none and nothing was kept of them.</summary>
    /// <exception cref="RunFormatException">A file is damaged.</exception>
    public static string? Content(MeasuredRun run, CellFacts cell)
    {
        using var outputs = CellOutputs.Of(run.Folder, cell);
        return outputs is { AreThere: true } ? outputs.ContentSha256() : run.Quality?.ContentOf(cell.Id);
    }

    // Outputs are known by what they hold. So a pair of one run also stands for cells of another that gave the same.
    private static ImageDifferences? Kept(MeasuredRun referenceRun, string? one, MeasuredRun run, string? other, int images) =>
        one is null || other is null ? null
        : one == other ? new ImageDifferences(new double[images], RawDifferences.None)
        : Kept(referenceRun, one, other, images) ?? Kept(run, one, other, images);

    private static ImageDifferences? Kept(MeasuredRun run, string one, string other, int images)
    {
        if (run.Quality is not { } quality)
        {
            return null;
        }

        var pair = quality.Pairs.FirstOrDefault(
            pair => (quality.ContentOf(pair.Reference), quality.ContentOf(pair.Cell)) is var (first, second)
                && ((first, second) == (one, other) || (first, second) == (other, one)));
        return pair is null ? null
            : pair.LargestDifferences.Count == images ? new ImageDifferences(pair.LargestDifferences, pair.Raw)
            : throw new RunFormatException(run.Folder.QualityPath,
                $"found {pair.LargestDifferences.Count} differences between {pair.Cell} and {pair.Reference}; expected {images}, one for "
                + "each image that has a score. The folder is damaged or mixed up.");
    }
}
