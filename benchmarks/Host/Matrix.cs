using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;
using Bench.Inference;
using Bench.Models;

namespace Bench.Benchmarks.Host;

/// <summary>Lays out the cells: every model with every backend and precision, each to be measured or with the reason why not.</summary>
internal static class Matrix
{
    public static IReadOnlyList<CellFacts> LayOut(
        IEnumerable<PreparedModel> models, IReadOnlyList<IBackend> backends, IReadOnlyList<Precision> precisions, int threads)
    {
        var availability = backends.ToDictionary(backend => backend.Id, backend => backend.Check());
        return
        [
            .. from model in models
               from backend in backends
               from precision in precisions
               select Cell(model, backend.Id, precision, availability[backend.Id], threads),
        ];
    }

    public static string CellId(string model, string backend, Precision precision) =>
        $"{model}/{backend}/{precision.Id()}/{MachineProbe.Platform}";

    private static CellFacts Cell(PreparedModel model, string backend, Precision precision, BackendAvailability availability, int threads)
    {
        var (status, reason) = model.Failure is { } failure ? (CellStatus.Failed, failure)
            : !availability.IsAvailable ? (CellStatus.Unavailable, availability.Reason)
            : !model.Files.ContainsKey(precision) ? (CellStatus.Unavailable, $"the model card has no {precision.Id()} file; add one under network.onnx.")
            : (CellStatus.Pending, (string?)null);
        return new CellFacts
        {
            Id = CellId(model.Name, backend, precision),
            Model = model.Name,
            Backend = backend,
            Precision = precision.Id(),
            Status = status,
            Reason = reason,
            Engine = availability.IsAvailable ? availability.Engine : null,
            EngineSource = availability.IsAvailable ? availability.Source : null,
            Threads = threads,
        };
    }
}
