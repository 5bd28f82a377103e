using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Launches;
using Bench.Benchmarks.Machines;

namespace Bench.Benchmarks.Host;

/// <summary><c>--filter</c>: cells by their id, or by their name in BenchmarkDotNet's exports.</summary>
internal static class CellFilter
{
    private const int CellsNamed = 3;

    /// <summary>Whether a cell is wanted.</summary>
    /// <param name="filters">The patterns of which it must match one; none for all cells.</param>
    /// <param name="cell">The cell.</param>
    public static bool Matches(IReadOnlyList<string> filters, CellId cell) => filters.Count == 0 || filters.Any(filter =>
        CellPattern.Matches(filter, cell.ToString(), ignoreCase: true) || CellPattern.Matches(filter, FullName(cell), ignoreCase: true));

    /// <summary>Leaves backends and models out of which no cell is wanted, before anything is fetched, tried and prepared.</summary>
    /// <param name="options">What the user asked for.</param>
    /// <returns>The same with fewer of them.</returns>
    /// <exception cref="ArgumentException">No cell matches.</exception>
    public static BenchOptions Narrow(BenchOptions options)
    {
        if (options.Filters.Count == 0)
        {
            return options;
        }

        var cores = StreamChoices.Cores(MachineProbe.Read());
        var cells = (from source in options.Models
                     let model = source.Id
                     from backend in options.Backends
                     from precision in options.Precisions
                     from variant in Matrix.Variants(options.Variants, backend, cores)
                     select (Id: Matrix.Id(model, backend, variant, precision), Backend: backend, Source: source)).ToList();
        var wanted = cells.Where(cell => Matches(options.Filters, cell.Id)).ToList();
        List<string> backends = [.. options.Backends.Intersect(wanted.Select(cell => cell.Backend))];
        return wanted.Count > 0
            ? options with
            {
                Backends = backends,
                ListedBackends = backends,
                Models = [.. options.Models.Intersect(wanted.Select(cell => cell.Source))],
            }
            : throw new ArgumentException(
                $"--filter: found no cell that matches {string.Join(" or ", options.Filters.Select(filter => $"'{filter}'"))}; "
                + $"there are {string.Join(", ", cells.Select(cell => cell.Id).Take(CellsNamed))}"
                + (cells.Count > CellsNamed ? $" and {cells.Count - CellsNamed} more (--list shows all). " : ". ")
                + "* stands for anything.");
    }

    private static string FullName(CellId cell) => ExportParameters.FullName(
        typeof(InferenceBenchmark).FullName!, nameof(InferenceBenchmark.Infer), new MeasurementId(cell, Load.Closed));
}
