using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Inference;
using Bench.Benchmarks.Machines;
using Bench.Models;

namespace Bench.Benchmarks.Host;

/// <summary>Lays out the cells: every model with every backend and precision, each to be measured or with the reason why not.</summary>
internal static class Matrix
{
    private const int CellsNamed = 3;

    public static IReadOnlyList<CellFacts> LayOut(
        IEnumerable<PreparedModel> models, IReadOnlyList<EngineOffer> engines, IReadOnlyList<Precision> precisions, int threads) =>
    [
        .. from model in models
           from engine in engines
           from precision in precisions
           select Cell(model, engine, precision, threads),
    ];

    /// <summary>The formats that networks must come in for these engines; ONNX always, since the reference needs it.</summary>
    public static IReadOnlyList<ModelFormat> Formats(IEnumerable<EngineOffer> engines) =>
        [.. engines.Where(engine => engine.Availability.IsAvailable)
            .Select(engine => engine.Backend.Format).Append(ModelFormat.Onnx).Distinct().Order()];

    /// <summary>Those cells whose id, or whose name in BenchmarkDotNet's exports, matches one of the patterns.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="filters">The patterns; none for all cells.</param>
    public static IReadOnlyList<CellFacts> Filter(IReadOnlyList<CellFacts> cells, IReadOnlyList<string> filters) => filters.Count == 0
        ? cells
        : [.. cells.Where(cell => filters.Any(filter => CellPattern.Matches(filter, cell.Id, ignoreCase: true)
            || CellPattern.Matches(filter, FullName(cell.Model), ignoreCase: true)))];

    /// <summary>Why a filter leaves nothing.</summary>
    public static string NothingMatches(IReadOnlyList<CellFacts> cells, IReadOnlyList<string> filters) =>
        $"--filter: found no cell that matches {string.Join(" or ", filters.Select(filter => $"'{filter}'"))}; "
        + $"there are {string.Join(", ", cells.Select(cell => cell.Id).Take(CellsNamed))}"
        + $"{(cells.Count > CellsNamed ? $" and {cells.Count - CellsNamed} more (--list shows all)" : string.Empty)}. "
        + "* stands for anything.";

    public static string CellId(string model, string backend, Precision precision) =>
        $"{model}/{backend}/{precision.Id()}/{MachineProbe.Platform}";

    // As BenchmarkDotNet writes it.
    private static string FullName(string model) =>
        $"{typeof(InferenceBenchmark).FullName}.{nameof(InferenceBenchmark.Infer)}({nameof(InferenceBenchmark.Model)}: \"{model}\")";

    private static CellFacts Cell(PreparedModel model, EngineOffer engine, Precision precision, int threads)
    {
        var availability = engine.Availability;
        var format = engine.Backend.Format;
        var (status, reason) = model.Failure is { } failure ? (CellStatus.Failed, failure)
            : availability.IsBroken ? (CellStatus.Failed, availability.Reason)
            : !availability.IsAvailable ? (CellStatus.Unavailable, availability.Reason)
            : model.Problems.FirstOrDefault(problem => problem.Precision == precision && problem.Format == format) is { } problem
                ? (CellStatus.Failed, problem.Reason)
            : !model.Files.Any(file => file.Precision == precision && file.Format == format)
                ? (CellStatus.Unavailable,
                    $"the model card has no {precision.Id()} file; add one under network.{format.ToString().ToLowerInvariant()}.")
            : (CellStatus.Pending, (string?)null);
        return new CellFacts
        {
            Id = CellId(model.Name, engine.Backend.Id, precision),
            Model = model.Name,
            Backend = engine.Backend.Id,
            Precision = precision.Id(),
            Status = status,
            Reason = reason,
            Engine = availability.IsAvailable ? availability.Engine : null,
            EngineSource = availability.IsAvailable ? availability.Source : null,
            Threads = threads,
        };
    }
}
