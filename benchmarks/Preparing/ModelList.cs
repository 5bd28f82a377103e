using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Machines;
using Bench.Inference.Knobs;
using Bench.Models;

namespace Bench.Benchmarks.Preparing;

/// <summary>Prepares all models of a run, each with a name of its own.</summary>
internal static class ModelList
{
    /// <summary>Prepares them.</summary>
    /// <param name="options">Which models, and what is said of them.</param>
    /// <param name="paths">Bench's own folders.</param>
    /// <param name="engines">The engines, which say which files are needed.</param>
    /// <param name="console">Hears of each model.</param>
    /// <param name="cancellation">Ends it; models that were not prepared are missing.</param>
    /// <exception cref="ArgumentException">Something is said of an input or output that no model has.</exception>
    public static List<PreparedModel> Prepare(
        BenchOptions options, BenchPaths paths, IReadOnlyList<EngineOffer> engines, TextWriter console, CancellationToken cancellation)
    {
        var preparing = Options(options, paths, Matrix.Formats(engines));
        preparing = preparing with
        {
            Int8Recipes = [.. engines.Where(engine => engine.Availability.IsAvailable).Select(engine => Int8Recipes.For(engine.Backend))
                .Distinct()],
            Say = console.WriteLine,
        };
        preparing = options.IsDefaultMatrix ? preparing with { Batches = DefaultMatrix.Batches(engines) } : preparing;
        var models = new List<PreparedModel>();
        foreach (var source in options.Models)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            console.WriteLine($"Preparing {source.Id} ...");
            var model = ModelPreparation.Prepare(source, preparing);
            models.Add(models.Find(other => other.Name == model.Name) is { } same
                ? model with
                {
                    Name = $"{model.Name}-{models.Count + 1}",
                    Failure = $"{source.Path}: the id '{model.Name}' is taken by {same.Source.Path}; ids must be unique. "
                        + "Rename the file, or give the model a card with another id.",
                }
                : model);
        }

        QuestionCheck.ThrowIfUnheard(options.Questions, models);
        return models;
    }

    /// <summary>How models are prepared.</summary>
    /// <param name="options">Which models, and what is said of them.</param>
    /// <param name="paths">Bench's own folders.</param>
    /// <param name="formats">The formats that are needed.</param>
    public static PreparingOptions Options(BenchOptions options, BenchPaths paths, IReadOnlyList<ModelFormat> formats) => new()
    {
        Precisions = options.Precisions,
        ArePrecisionsNamed = options.ArePrecisionsNamed,
        Formats = formats,
        Cache = paths.Cache,
        Questions = options.Questions,
        Libraries = options.Libraries,
        MemoryBytes = MachineProbe.Read().MemoryBytes,
        KeepConverted = options.KeepConverted,
        Int8 = options.Int8,
        Batches = [.. options.Variants.Select(variant => variant.Number(KnobCatalogue.Batch)).Where(images =>
            images > 1).Distinct().Order()],
    };
}
