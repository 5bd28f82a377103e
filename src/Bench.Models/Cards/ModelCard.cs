using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>What a model is, what goes in, what comes out, and how well it must do. One JSON file under <c>models/</c>.</summary>
/// <remarks>The schema is <c>models/model-card.schema.json</c>. Paths are relative to the card.</remarks>
public sealed record ModelCard
{
    /// <summary>The name in cell ids: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>One line for the report.</summary>
    public required string Title { get; init; }

    /// <summary>What the network does.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Where the network comes from.</summary>
    public required NetworkSource Network { get; init; }

    /// <summary>What goes in.</summary>
    public required InputSpec Input { get; init; }

    /// <summary>What comes out.</summary>
    public required OutputSpec Output { get; init; }

    /// <summary>The images it is evaluated on.</summary>
    public required EvaluationSource Data { get; init; }

    /// <summary>How well it does: <c>accuracy</c> for classification, <c>dice</c> for segmentation.</summary>
    public required string Metric { get; init; }

    /// <summary>How far an image's score (probability of the true class, or Dice) may be off and the outputs still count as equivalent;
    /// null for 0.01.</summary>
    public double? EquivalenceMargin { get; init; }

    /// <summary>The share of evaluation images that may differ by more than the margin and the outputs still count as equivalent;
    /// null for 0.05.</summary>
    public double? ToleratedShare { get; init; }

    /// <summary>How much two outputs of one process for one image may differ, as a share of the largest magnitude in them; null for 0.001.
    /// Engines need not give the same bits twice; the largest difference is recorded.</summary>
    public double? RepeatTolerance { get; init; }

    /// <summary>The licence of the weights, as an SPDX identifier or a sentence.</summary>
    public required string Licence { get; init; }

    /// <summary>Whatever else a reader should know, for example how it was trained.</summary>
    public string? Notes { get; init; }

    /// <summary>The schema that an editor applies; not read.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }
}

/// <summary>What a network does.</summary>
public enum ModelTask
{
    /// <summary>One class for an image.</summary>
    Classification,

    /// <summary>A mask for an image: lesion or not, for every pixel.</summary>
    Segmentation,
}

/// <summary>Where a network comes from: either a built-in architecture with weights, or ONNX files.</summary>
public sealed record NetworkSource
{
    /// <summary><c>inceptionv3</c> or <c>unet</c>, built by Bench from <see cref="Weights"/>.</summary>
    public string? Architecture { get; init; }

    /// <summary>The safetensors file with the FP16 weights of <see cref="Architecture"/>.</summary>
    public string? Weights { get; init; }

    /// <summary>ONNX files by precision (<c>fp32</c>, <c>fp16</c>). Input and output are 32-bit floats in both.</summary>
    public IReadOnlyDictionary<string, string>? Onnx { get; init; }

    /// <summary>Frozen TensorFlow graphs by precision, beside <see cref="Onnx"/>: channels last, 32-bit floats at input and output,
    /// nodes named as the card's input and output.</summary>
    [JsonPropertyName("tensorflow")]
    public IReadOnlyDictionary<string, string>? TensorFlow { get; init; }

    /// <summary>SHA-256 of <c>weights</c>, <c>fp32</c>, <c>fp16</c>, <c>tensorflow-fp32</c> and <c>tensorflow-fp16</c> in lower-case hex;
    /// what stands here is checked.</summary>
    public IReadOnlyDictionary<string, string> Sha256 { get; init; } = new Dictionary<string, string>();

    /// <summary>Which of the files the others were made from, as <see cref="Sha256"/> calls them, or <see cref="OwnSource"/> if each is a
    /// network of its own; null for the ONNX file at full precision.</summary>
    public string? Source { get; init; }

    /// <summary>How files were made from the source, one line each: <c>fp16</c>: <c>onnxconverter-common 1.14, float16</c>.</summary>
    public IReadOnlyDictionary<string, string> Recipes { get; init; } = new Dictionary<string, string>();

    /// <summary>What <see cref="Source"/> says where no file was made from another.</summary>
    public const string OwnSource = "own";

    /// <summary>The file that the others were made from; null if each is a network of its own, or if Bench builds them.</summary>
    [JsonIgnore]
    internal string? SourceKey => Source switch
    {
        OwnSource => null,
        null => Precisions.Files.FirstOrDefault(precision => Onnx?.ContainsKey(precision) == true),
        _ => Source,
    };

    /// <summary>The name of a file, by what <see cref="Sha256"/> calls it; null if there is none.</summary>
    internal string? File(string key) => Enum.GetValues<ModelFormat>()
        .SelectMany(format => Precisions.Files.Where(precision => format.Key(precision) == key)
            .Select(precision => (format == ModelFormat.Onnx ? Onnx : TensorFlow)?.GetValueOrDefault(precision)))
        .FirstOrDefault();

    /// <summary>Whether what <see cref="Sha256"/> calls so is an ONNX file.</summary>
    internal bool IsOnnx(string key) => Onnx?.ContainsKey(key) == true;
}

/// <summary>What goes into a network.</summary>
public sealed record InputSpec
{
    /// <summary>The name of the input value.</summary>
    public required string Name { get; init; }

    /// <summary>Its shape, the batch of 1 included, for example [1, 3, 299, 299].</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>Subtracted from every stored value.</summary>
    public float Mean { get; init; }

    /// <summary>Divides every stored value after <see cref="Mean"/>; not zero.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>Elements of one image.</summary>
    [JsonIgnore]
    public int Length => Shape.Aggregate(1, (product, axis) => checked(product * axis));
}

/// <summary>What comes out of a network.</summary>
public sealed record OutputSpec
{
    /// <summary>The name of the output value.</summary>
    public required string Name { get; init; }

    /// <summary>Its shape, the batch of 1 included, for example [1, 10].</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>What the numbers are.</summary>
    public required OutputValues Values { get; init; }

    /// <summary>Elements of one output.</summary>
    [JsonIgnore]
    public int Length => Shape.Aggregate(1, (product, axis) => checked(product * axis));
}

/// <summary>What the numbers at the output are.</summary>
public enum OutputValues
{
    /// <summary>Before the softmax (classification) or the sigmoid (segmentation).</summary>
    Logits,

    /// <summary>In [0, 1].</summary>
    Probabilities,
}

/// <summary>The images a model is evaluated on: either made from a seed, or the user's files.</summary>
public sealed record EvaluationSource
{
    /// <summary><c>lesion-images</c> or <c>lesion-slices</c>, made by Bench.</summary>
    public string? Generator { get; init; }

    /// <summary>The seed of <see cref="Generator"/>.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many images <see cref="Generator"/> makes.</summary>
    public int Count { get; init; }

    /// <summary>A <c>.npy</c> file, one image for each entry of the first axis.</summary>
    public string? Inputs { get; init; }

    /// <summary>A <c>.npy</c> file: a class number for each image, or a mask.</summary>
    public string? Labels { get; init; }

    /// <summary>How the stored images lie: <c>nchw</c> (as the network takes them) or <c>nhwc</c>.</summary>
    public string Layout { get; init; } = "nchw";

    /// <summary>SHA-256 of the stored images and labels in lower-case hex; what stands here is checked.</summary>
    public string? Sha256 { get; init; }
}
