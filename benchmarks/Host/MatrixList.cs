using Bench.Analysis.Runs;
using Bench.Inference;

namespace Bench.Benchmarks.Host;

/// <summary>Prints the matrix without measuring anything.</summary>
internal static class MatrixList
{
    public static int Print(BenchOptions options, BenchPaths paths, IReadOnlyList<IBackend> backends, TextWriter console, int threads)
    {
        console.WriteLine("Backends:");
        foreach (var backend in backends)
        {
            var check = backend.Check();
            console.WriteLine($"  {backend.Id,-22} {backend.Description}");
            console.WriteLine($"  {string.Empty,-22} {(check.IsAvailable ? $"available: {check.Engine}, from {check.Source}" : $"unavailable: {check.Reason}")}");
        }

        var models = options.CardPaths.Select(card => PreparedModel.Prepare(card, options.Precisions, paths.Cache)).ToList();
        var cells = Matrix.LayOut(models, [.. backends.Where(backend => options.Backends.Contains(backend.Id))], options.Precisions, threads);
        console.WriteLine();
        console.WriteLine($"Cells ({threads} threads each):");
        foreach (var cell in cells)
        {
            console.WriteLine($"  {cell.Id}{(cell.Status == CellStatus.Pending ? string.Empty : $"  {cell.Status.ToString().ToLowerInvariant()}: {cell.Reason}")}");
        }

        return cells.Any(cell => cell.Status == CellStatus.Failed) ? ExitCodes.Incomplete : ExitCodes.Success;
    }
}
