using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Trimming;

/// <summary>What of a run's outputs is worth keeping.</summary>
/// <param name="run">The run.</param>
internal sealed class OutputsToKeep(PricedRun run)
{
    // So many different outputs of a model make 28 pairs: of more, only those that the report shows are kept.
    private const int MostComparedWithEachOther = 8;

    private readonly List<CellFacts> _cells = [.. run.Manifest.Cells
        .Where(cell => cell is { Status: CellStatus.Measured, OpenLoad: null, OutputImages: > 0 })];

    /// <summary>The cells with outputs for which the run has no reference.</summary>
    public IReadOnlyList<CellId> Uncompared =>
        [.. _cells.Where(cell => Content(cell) is not null && ReferenceCell.Of(run, cell, [run]) is null).Select(cell => cell.Id)];

    /// <summary>Says which outputs each cell had, and how far different ones are from each other.
    /// Equal ones are known by their names.</summary>
    /// <returns>What is kept; null if there never were any outputs.</returns>
    /// <exception cref="RunFormatException">A file is damaged, or does not fit the others.</exception>
    public RunQuality? Summarise()
    {
        List<Output> outputs =
            [.. _cells.Select(cell => (Cell: cell, Content: Content(cell))).Where(entry => entry.Content is not null)
                .Select(entry => new Output(entry.Cell, entry.Content!))];
        return outputs.Count == 0 ? null : new RunQuality
        {
            Outputs = [.. outputs.Select(output => new KeptOutputs(output.Cell.Id, output.Content))],
            Pairs = [.. outputs.GroupBy(output => output.Cell.Model).SelectMany(model => Pairs([.. model]))
                .Select(pair => Differences(pair.Reference, pair.Cell)).OfType<KeptDifferences>()],
        };
    }

    private string? Content(CellFacts cell) => OutputDifferences.Content(run.Measured, cell);

    private IEnumerable<(CellFacts Reference, CellFacts Cell)> Pairs(List<Output> outputs)
    {
        List<Output> different = [.. outputs.DistinctBy(output => output.Content)];
        if (different.Count <= MostComparedWithEachOther)
        {
            return different.SelectMany((output, i) => different.Take(i).Select(earlier => (earlier.Cell, output.Cell)));
        }

        var contents = outputs.ToDictionary(output => output.Cell.Id, output => output.Content);
        return outputs.SelectMany(output => new[] { ReferenceCell.Of(run, output.Cell, [run])?.Cell, OwnBatch1.Of(run.Measured,
            output.Cell) }
                .Select(reference => (Reference: reference, output.Cell)))
            .Where(pair => pair.Reference is not null && contents.ContainsKey(pair.Reference.Id))
            .Select(pair => (Reference: pair.Reference!, pair.Cell))
            .DistinctBy(pair => (contents[pair.Reference.Id], contents[pair.Cell.Id]))
            .Where(pair => contents[pair.Reference.Id] != contents[pair.Cell.Id]);
    }

    private KeptDifferences? Differences(CellFacts reference, CellFacts cell)
    {
        try
        {
            return OutputDifferences.Of(run.Measured, reference, run.Measured, cell) is { } differences
                ? new KeptDifferences(cell.Id, reference.Id, differences.Largest) { Raw = differences.Raw }
                : null;
        }
        catch (OutputShapeException)
        {
            // Where the report compares these two, it says so itself.
            return null;
        }
    }

    private sealed record Output(CellFacts Cell, string Content);
}
