using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Machines;
using Bench.Inference;
using Bench.Inference.Knobs;
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
           from variant in Variants(options.Variants, engine.Backend.Id)
           let id = Id(model.Name, engine.Backend.Id, variant, precision)
           where CellFilter.Matches(options.Filters, id)
           select Cell(id, model, engine, precision),
    ];

    /// <summary>The variants of a backend: knobs that it does not have are left out, so that it is measured as it is.</summary>
    public static IReadOnlyList<Variant> Variants(IReadOnlyList<Variant> asked, string backend) =>
    [
        .. asked.Select(variant => Variant.Of(variant.Where(knob => KnobCatalogue.Find(knob.Key)!.WhyNot(backend) is null))).Distinct(),
    ];

    /// <summary>The formats that networks must come in for these engines; ONNX always, since the reference needs it.</summary>
    public static IReadOnlyList<ModelFormat> Formats(IEnumerable<EngineOffer> engines) =>
        [.. engines.Where(engine => engine.Availability.IsAvailable)
            .Select(engine => engine.Backend.Format).Append(ModelFormat.Onnx).Distinct().Order()];

    /// <summary>The id of a cell on this machine.</summary>
    public static CellId Id(string model, string backend, Variant variant, Precision precision) =>
        new(model, BackendId.Parse(backend), variant, precision.Id, MachineProbe.Platform);

    private static CellFacts Cell(CellId id, PreparedModel model, EngineOffer engine, Precision precision)
    {
        var availability = engine.Availability;
        var (status, reason) = Status(id, model, engine, precision);
        return new CellFacts
        {
            Id = id,
            ModelFile = engine.Backend.Format.Key(precision.File),
            Status = status,
            Reason = reason,
            Engine = availability.IsAvailable ? availability.Engine : null,
            EngineSource = availability.IsAvailable ? availability.Source : null,
        };
    }

    private static (CellStatus Status, string? Reason) Status(CellId id, PreparedModel model, EngineOffer engine, Precision precision)
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

        if (model.Problems.FirstOrDefault(problem => problem.Precision.File == precision.File && problem.Format == format) is { } problem)
        {
            return (CellStatus.Failed, problem.Reason);
        }

        if (!model.Files.Any(file => file.Numbers == precision.File && file.Format == format))
        {
            return (CellStatus.Unavailable,
                $"the model card has no {precision.File} file; add one under network.{format.ToString().ToLowerInvariant()}.");
        }

        return (engine.Backend.WhyNot(precision) ?? KnobSettings.Of(id.Variant).WhyNot(engine.Backend.Id)) is { } whyNot
            ? (CellStatus.Unavailable, whyNot)
            : (CellStatus.Pending, null);
    }
}
