using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>Where a network comes from: either a built-in architecture with weights, or ONNX files.</summary>
public sealed record NetworkSource
{
    /// <summary><c>inceptionv3</c> or <c>unet</c>, built by Bench from <see cref="Weights"/>.</summary>
    public string? Architecture { get; init; }

    /// <summary>The safetensors file with the FP16 weights of <see cref="Architecture"/>.</summary>
    public string? Weights { get; init; }

    /// <summary>ONNX files by precision (<c>fp32</c>, <c>fp16</c>, <c>int8</c>), each with the types at its inputs and outputs that it
    /// has.</summary>
    public IReadOnlyDictionary<string, string>? Onnx { get; init; }

    /// <summary>Frozen TensorFlow graphs by precision, beside <see cref="Onnx"/>: nodes named as the ONNX file's inputs and outputs, of the
    /// same types, with the channels last or as the ONNX file has them.</summary>
    [JsonPropertyName("tensorflow")]
    public IReadOnlyDictionary<string, string>? TensorFlow { get; init; }

    /// <summary>OpenVINO's own files (<c>.xml</c> with the <c>.bin</c> beside it) by precision, beside <see cref="Onnx"/>: inputs and
    /// outputs
    /// in the order of the ONNX file. Without one OpenVINO loads the ONNX file.</summary>
    [JsonPropertyName("openvino")]
    public IReadOnlyDictionary<string, string>? OpenVino { get; init; }

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

    /// <summary>The files of a format by precision; null if there are none.</summary>
    internal IReadOnlyDictionary<string, string>? FilesOf(ModelFormat format) => format switch
    {
        ModelFormat.Onnx => Onnx,
        ModelFormat.TensorFlow => TensorFlow,
        _ => OpenVino,
    };

    /// <summary>The name of a file, by what <see cref="Sha256"/> calls it; null if there is none.</summary>
    internal string? File(string key) => Enum.GetValues<ModelFormat>()
        .SelectMany(format => Precisions.Files.Where(precision => format.Key(precision) == key)
            .Select(precision => FilesOf(format)?.GetValueOrDefault(precision)))
        .FirstOrDefault(file => file is not null);

    /// <summary>The format of what <see cref="Sha256"/> calls so.</summary>
    internal static ModelFormat FormatOf(string key) => Enum.GetValues<ModelFormat>().Reverse()
        .First(format => key.StartsWith(format.Key(string.Empty), StringComparison.Ordinal));
}
