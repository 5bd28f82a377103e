using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Preparing;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Tuning;

/// <summary>The cells of a search: what could be chosen, and what is known beforehand to be out of the question.</summary>
/// <param name="options">What is asked for.</param>
/// <param name="asked">What the search is asked for.</param>
/// <param name="engines">The engines that are searched.</param>
/// <param name="cores">The cores that may be used.</param>
internal sealed class TuneCells(BenchOptions options, TuneAsked asked, IReadOnlyList<EngineOffer> engines, int cores)
{
    // Inputs and outputs lie in the pool of requests and in the engine's own memory, too.
    private const double MostMemory = 0.25;

    /// <summary>The precisions of all engines.</summary>
    public IReadOnlyList<Precision> Precisions => [.. Models.Precisions.All.Where(precision => engines
        .Where(engine => engine.Availability.IsAvailable).Any(engine => Of(engine).Contains(precision)))];

    /// <summary>The settings of all engines.</summary>
    public IReadOnlyList<Variant> Variants => [.. engines.Where(engine => engine.Availability.IsAvailable)
        .SelectMany(Settings).Distinct()];

    /// <summary>All cells of a model; those that are pending can be measured.</summary>
    /// <param name="model">The model, prepared.</param>
    /// <param name="memoryBytes">The machine's memory.</param>
    public IReadOnlyList<CellFacts> All(PreparedModel model, long? memoryBytes) =>
    [
        .. from engine in engines
           from precision in Of(engine)
           from variant in engine.Availability.IsAvailable ? Settings(engine).Prepend(Variant.None).Distinct() : [Variant.None]
           let id = Matrix.Id(model.Name, engine.Backend.Id, variant, precision)
           where CellFilter.Matches(options.Filters, id)
           let cell = Matrix.CellOf(id, model, engine, precision, cores)
           select cell.Status == CellStatus.Pending && TooLarge(model, cell.Id, memoryBytes) is { } reason
               ? cell with { Status = CellStatus.Unavailable, Reason = reason }
               : cell,
    ];

    /// <summary>The configuration that others are compared with: ONNX Runtime's CPU provider as it is where it is searched, else the first
    /// engine, at full precision.</summary>
    /// <param name="cells">Cells that can be measured.</param>
    public static CellId? Default(IReadOnlyList<CellFacts> cells) => cells.Select(cell => cell.Id)
        .Where(id => id.Variant.Equals(Variant.None) && id.Precision == Precision.Fp32.Id)
        .OrderBy(id => id.Backend.ToString() == BackendCatalogue.ReferenceId ? 0 : 1).FirstOrDefault()
        ?? cells.Select(cell => cell.Id).FirstOrDefault(id => id.Variant.Equals(Variant.None));

    private IReadOnlyList<Precision> Of(EngineOffer engine) => TuneSpace.Precisions(engine.Backend, asked.Precisions);

    private IReadOnlyList<Variant> Settings(EngineOffer engine) => TuneSpace.Variants(engine.Backend.Id, cores, asked.Knobs);

    private static string? TooLarge(PreparedModel model, CellId id, long? memoryBytes)
    {
        var signature = model.Files[0].Signature;
        var bytes = signature.Inputs.Concat(signature.Outputs).Where(tensor => tensor.IsFixed)
            .Sum(tensor => (double)tensor.Bytes) * id.Batch * id.Streams;
        return memoryBytes is { } memory && bytes > MostMemory * memory
            ? FormattableString.Invariant($"what goes in and comes out has {bytes / 1e9:0.0} GB; the machine has ")
                + FormattableString.Invariant($"{memory / 1e9:0.0} GB of memory")
            : null;
    }
}
