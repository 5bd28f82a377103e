using Bench.Benchmarks.Engines;
using Bench.Models;
using Bench.Models.Cards;
using Bench.Models.Quantization;

namespace Bench.Benchmarks.Preparing;

/// <summary>How models are prepared.</summary>
internal sealed record PreparingOptions
{
    /// <summary>The precisions that are wanted.</summary>
    public required IReadOnlyList<Precision> Precisions { get; init; }

    /// <summary>Whether the user named them, rather than meant what there is.</summary>
    public bool ArePrecisionsNamed { get; init; }

    /// <summary>The formats that the engines load.</summary>
    public required IReadOnlyList<ModelFormat> Formats { get; init; }

    /// <summary>The folder for files that Bench makes.</summary>
    public required string Cache { get; init; }

    /// <summary>What the user says of inputs and outputs.</summary>
    public NetworkQuestions Questions { get; init; } = NetworkQuestions.None;

    /// <summary>Libraries that the user named.</summary>
    public EngineLibraries Libraries { get; init; } = EngineLibraries.None;

    /// <summary>The machine's memory in bytes; null if it is not known.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The numbers of images in a request that are wanted, each above 1.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [];

    /// <summary>How int8 files are made that are asked for: one recipe for each kind of engine that is here.</summary>
    public IReadOnlyList<QuantizationRecipe> Int8Recipes { get; init; } = [];

    /// <summary>What the user says of int8 files.</summary>
    public Int8Options Int8 { get; init; } = Int8Options.None;

    /// <summary>Hears of what takes long; null if nobody does.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>Whether files that are made of the user's are kept beside them.</summary>
    public bool KeepConverted { get; init; }

    /// <summary>The precisions that a model is measured at: those that the user named; else the usual ones, and int8 where there is a file
    /// of it; of ONNX files without a card only those that there are.</summary>
    /// <param name="card">The model.</param>
    /// <param name="isBare">Whether nobody wrote the card.</param>
    public IReadOnlyList<Precision> PrecisionsOf(ModelCard card, bool isBare) => ArePrecisionsNamed ? Precisions :
    [
        .. Models.Precisions.All.Where(precision => card.Network.Onnx?.ContainsKey(precision.File) == true && precision.Id == precision.File
            ? Precisions.Contains(precision) || precision == Precision.Int8
            : Precisions.Contains(precision) && !isBare),
    ];
}
