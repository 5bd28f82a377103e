using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Models;

namespace Bench.Benchmarks.Host;

/// <summary>Lays out the cells: every model with every backend and precision, each to be measured or with the reason why not.</summary>
internal static class Matrix
{
    public static IReadOnlyList<CellFacts> LayOut(
        IEnumerable<PreparedModel> models, IReadOnlyList<EngineOffer> engines, BenchOptions options, int threads) =>
    [
        .. from model in models
           from engine in engines
           from precision in options.Precisions
           let cell = Cell(model, engine, precision, threads)
           where CellFilter.Matches(options.Filters, cell.Id.ToString(), cell.Model)
           select cell,
    ];

    /// <summary>The formats that networks must come in for these engines; ONNX always, since the reference needs it.</summary>
    public static IReadOnlyList<ModelFormat> Formats(IEnumerable<EngineOffer> engines) =>
        [.. engines.Where(engine => engine.Availability.IsAvailable)
            .Select(engine => engine.Backend.Format).Append(ModelFormat.Onnx).Distinct().Order()];

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
            Id = CellFilter.CellId(model.Name, engine.Backend.Id, precision),
            ModelFile = format.Key(precision),
            Status = status,
            Reason = reason,
            Engine = availability.IsAvailable ? availability.Engine : null,
            EngineSource = availability.IsAvailable ? availability.Source : null,
            Threads = threads,
        };
    }
}
