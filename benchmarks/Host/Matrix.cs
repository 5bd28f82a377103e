using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;
using Bench.Inference;
using Bench.Inference.Knobs;
using Bench.Models;

namespace Bench.Benchmarks.Host;

/// <summary>Lays out the cells: every model with every backend and precision, each to be measured or with the reason why not.</summary>
internal static class Matrix
{
    /// <param name="models">The models.</param>
    /// <param name="engines">The engines.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="cores">The cores that may be used.</param>
    public static IReadOnlyList<CellFacts> LayOut(
        IEnumerable<PreparedModel> models, IReadOnlyList<EngineOffer> engines, BenchOptions options, int cores) =>
    [
        .. from model in models
           from engine in engines
           from precision in model.Precisions
           where !options.IsDefaultMatrix || DefaultMatrix.Has(engine.Backend, precision,
               isOfUser: model.Card?.Network.Architecture is null)
           from variant in options.IsDefaultMatrix
               ? DefaultMatrix.Variants(engine.Backend, precision, cores)
               : Variants(options.Variants, engine.Backend.Id, cores)
           let id = Id(model.Name, engine.Backend.Id, variant, precision)
           where CellFilter.Matches(options.Filters, id)
           let cell = CellOf(id, model, engine, precision, cores)
           from load in options.Loads.Prepend(Load.Closed)
           select load.IsClosed ? cell : cell with { OpenLoad = load },
    ];

    /// <summary>The variants of a backend: knobs that it does not have are left out, so that it is measured as it is.</summary>
    public static IReadOnlyList<Variant> Variants(IReadOnlyList<Variant> asked, string backend, int cores) =>
    [
        .. asked.Select(variant => Variant.Of(variant.Where(knob => KnobCatalogue.Find(knob.Key)!.WhyNot(backend) is null)))
            .SelectMany(variant => StreamChoices.Resolve(variant, backend, cores)).Distinct(),
    ];

    /// <summary>The formats that networks must come in for these engines; ONNX always, since the reference needs it.</summary>
    public static IReadOnlyList<ModelFormat> Formats(IEnumerable<EngineOffer> engines) =>
        [.. engines.Where(engine => engine.Availability.IsAvailable)
            .SelectMany(engine => new[] { engine.Backend.Format, engine.Backend.OwnFormat }).OfType<ModelFormat>()
            .Append(ModelFormat.Onnx).Distinct().Order()];

    /// <summary>The id of a cell on this machine.</summary>
    public static CellId Id(string model, string backend, Variant variant, Precision precision) =>
        new(model, BackendId.Parse(backend), variant, precision.Id, MachineProbe.Platform);

    /// <summary>A cell, to be measured or with the reason why not.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="model">The model.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="cores">The cores that may be used.</param>
    public static CellFacts CellOf(CellId id, PreparedModel model, EngineOffer engine, Precision precision, int cores)
    {
        var availability = engine.Availability;
        var format = FormatOf(model, engine.Backend, precision);
        var (status, reason) = Status(id, model, engine, precision, format, cores);
        return new CellFacts
        {
            Id = id,
            ModelFile = FileKey(model, id, precision, format, engine.Backend),
            Status = status,
            Reason = reason,
            Engine = availability.IsAvailable ? availability.Engine : null,
            EngineSource = availability.IsAvailable ? availability.Source : null,
        };
    }

    /// <summary>The name of the file in the run's records: requests of several images may have one of their own.</summary>
    private static string FileKey(PreparedModel model, CellId id, Precision precision, ModelFormat format, IBackend backend) =>
        FileOf(model, precision, format, backend) is not { } file ? format.Key(precision.File)
            : file.Batches.TryGetValue(id.Batch, out var batched) ? BatchedFile.Key(file, batched, id.Batch)
            : file.Key;

    private static PlannedFile? FileOf(PreparedModel model, Precision precision, ModelFormat format, IBackend backend) =>
        model.Files.FirstOrDefault(file => file.File.Numbers == precision.File && file.File.Format == format && file.Serves(backend));

    /// <summary>The backend's own format, if the model comes in it.</summary>
    private static ModelFormat FormatOf(PreparedModel model, IBackend backend, Precision precision) =>
        backend.OwnFormat is { } own && (model.Files.Any(file => file.File.Numbers == precision.File && file.File.Format == own)
            || model.Problems.Any(problem => problem.Precision.File == precision.File && problem.Format == own))
                ? own
                : backend.Format;

    private static (CellStatus Status, string? Reason) Status(
        CellId id, PreparedModel model, EngineOffer engine, Precision precision, ModelFormat format, int cores)
    {
        var availability = engine.Availability;
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

        if (FileOf(model, precision, format, engine.Backend) is not { } file)
        {
            return (CellStatus.Unavailable,
                model.Source.IsBare
                    ? $"there is no {precision.File} file beside {Path.GetFileName(model.Source.Path)} for {engine.Backend.Id}; "
                        + $"give it the same name with .{precision.File} before its ending."
                    : $"the model card has no {precision.File} file; add one under network.{format.ToString().ToLowerInvariant()}"
                        + (precision.File == precision.Id && precision != Precision.Fp32 && format == ModelFormat.Onnx
                            ? $", or have Bench make one (--precisions fp32,{precision})." : "."));
        }

        var reason = engine.Backend.WhyNot(precision) ?? file.WhyNotBatches.GetValueOrDefault(id.Batch)
            ?? StreamChoices.WhyNot(id, engine.Backend.Id, cores) ?? KnobSettings.Of(id.Variant).WhyNot(engine.Backend.Id);
        return reason is { } whyNot
            ? (CellStatus.Unavailable, whyNot)
            : (CellStatus.Pending, null);
    }
}
