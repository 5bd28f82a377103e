using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.CommandLine;

namespace Bench.Benchmarks.Host;

/// <summary>Prints the matrix without measuring anything.</summary>
internal static class MatrixList
{
    public static int Print(BenchOptions options, BenchPaths paths, IReadOnlyList<EngineOffer> engines, TextWriter console)
    {
        console.WriteLine("Backends:");
        foreach (var (backend, availability, trial) in engines)
        {
            console.WriteLine($"  {backend.Id,-22} {backend.Description}");
            var device = trial?.Device is { } found ? $", on {found}" : string.Empty;
            console.WriteLine($"  {string.Empty,-22} {(availability.IsAvailable
                ? $"available: {availability.Engine}, from {availability.Source}{device}"
                : $"{(availability.IsBroken ? "failed" : "unavailable")}: {availability.Reason}")}");
        }

        var models = options.CardPaths
            .Select(card => PreparedModel.Prepare(card, options.Precisions, Matrix.Formats(engines), paths.Cache)).ToList();
        var cells = Matrix.LayOut(models, engines, options);
        console.WriteLine();
        console.WriteLine("Cells:");
        foreach (var cell in cells)
        {
            var isBackendsReason = engines.Any(engine => engine.Availability.Reason == cell.Reason);
            var reason = cell.Status == CellStatus.Pending
                ? string.Empty
                : $"  {cell.Status.ToString().ToLowerInvariant()}: {(isBackendsReason ? $"{cell.Backend}, see above" : cell.Reason)}";
            console.WriteLine($"  {cell.Id}{reason}");
        }

        return cells.Any(cell => cell.Status == CellStatus.Failed) ? ExitCodes.Incomplete : ExitCodes.Success;
    }
}
