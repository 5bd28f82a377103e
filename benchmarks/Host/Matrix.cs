using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Machines;
using Bench.Models;

namespace Bench.Benchmarks.Host;

/// <summary>Lays out the cells: every model with every backend and precision, each to be measured or with the reason why not.</summary>
internal static class Matrix
{
    public static IReadOnlyList<CellFacts> LayOut(
        IEnumerable<PreparedModel> models, IReadOnlyList<EngineOffer> engines, BenchOptions options) =>
    [
        .. from model in models
           from engine in engines
           from precision in options.Precisions
           let id = Id(model.Name, engine.Backend.Id, Variant.None, precision)
           where CellFilter.Matches(options.Filters, id)
           select Cell(id, model, engine, precision),
    ];

    /// <summary>The formats that networks must come in for these engines; ONNX always, since the reference needs it.</summary>
    public static IReadOnlyList<ModelFormat> Formats(IEnumerable<EngineOffer> engines) =>
        [.. engines.Where(engine => engine.Availability.IsAvailable)
            .Select(engine => engine.Backend.Format).Append(ModelFormat.Onnx).Distinct().Order()];

    /// <summary>The id of a cell on this machine.</summary>
    public static CellId Id(string model, string backend, Variant variant, Precision precision) =>
        new(model, BackendId.Parse(backend), variant, precision.Id(), MachineProbe.Platform);

    private static CellFacts Cell(CellId id, PreparedModel model, EngineOffer engine, Precision precision)
    {
        var availability = engine.Availability;
        var (status, reason) = Status(model, engine, precision);
        return new CellFacts
        {
            Id = id,
            ModelFile = engine.Backend.Format.Key(precision),
            Status = status,
            Reason = reason,
            Engine = availability.IsAvailable ? availability.Engine : null,
            EngineSource = availability.IsAvailable ? availability.Source : null,
        };
    }

    private static (CellStatus Status, string? Reason) Status(PreparedModel model, EngineOffer engine, Precision precision)
    {
        var availability = engine.Availability;
        var format = engine.Backend.Format;
        if (model.Failure is { } failure)
        {
            return (CellStatus.Failed, failure);
        }

        if (!availability.IsAvailable)
        {
            return (availability.IsBroken ? CellStatus.Failed : CellStatus.Unavailable, availability.Reason);
        }

        if (model.Problems.FirstOrDefault(problem => problem.Precision == precision && problem.Format == format) is { } problem)
        {
            return (CellStatus.Failed, problem.Reason);
        }

        return model.Files.Any(file => file.Precision == precision && file.Format == format)
            ? (CellStatus.Pending, null)
            : (CellStatus.Unavailable,
                $"the model card has no {precision.Id()} file; add one under network.{format.ToString().ToLowerInvariant()}.");
    }
}
