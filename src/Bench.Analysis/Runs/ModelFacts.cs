using System.Text.Json.Serialization;

namespace Bench.Analysis.Runs;

/// <summary>A model of the matrix.</summary>
public sealed record ModelFacts
{
    /// <summary>The name in cell ids.</summary>
    public required string Id { get; init; }

    /// <summary>One line on it.</summary>
    public required string Title { get; init; }

    /// <summary><c>classification</c>, <c>segmentation</c> or <c>none</c>.</summary>
    public required string Task { get; init; }

    /// <summary>What goes in; null in runs that did not record it.</summary>
    public IReadOnlyList<InputFacts>? Inputs { get; init; }

    /// <summary>What comes out; null in runs that did not record it.</summary>
    public IReadOnlyList<OutputFacts>? Outputs { get; init; }

    /// <summary>Whether labels say what the right answers are; null in runs that did not record it, which all had labels.</summary>
    public bool? HasLabels { get; init; }

    /// <summary>How whole volumes are processed; null where an input is no window of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VolumeFacts? Volume { get; init; }

    /// <summary>What else a reader must know of the network, one sentence each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Whether an output is kept and compared.</summary>
    [JsonIgnore]
    public bool IsJudged => Outputs is null || Outputs.Any(output => output.IsJudged);

    /// <summary>SHA-256 and length of the network's files: by precision for ONNX, with <c>tensorflow-</c> before it
    /// for frozen graphs.</summary>
    public required IReadOnlyDictionary<string, FileFacts> Files { get; init; }

    /// <summary>SHA-256 of the evaluation images and labels; null if nobody published them.</summary>
    public string? DataSha256 { get; init; }

    /// <summary>How many evaluation images there are.</summary>
    public required int DataCount { get; init; }

    /// <summary>How many of them, from the first, this run's profile evaluates.</summary>
    public required int EvaluatedCount { get; init; }

    /// <summary>How far graded scores of two cells may be apart and still count as equivalent; null for the default of 0.01.</summary>
    public double? EquivalenceMargin { get; init; }

    /// <summary>The share of images that may differ by more than that and the outputs still count as equivalent;
    /// null for the default of 0.05.</summary>
    public double? ToleratedShare { get; init; }
}

/// <summary>How whole volumes are processed by a network that takes windows of them.</summary>
/// <param name="Size">The length of each axis of a volume, in voxels.</param>
/// <param name="Window">The length of each axis of a window, in voxels.</param>
/// <param name="Overlap">The share of a window that it shares with the next, in [0, 1).</param>
/// <param name="Mirrors">Along how many axes windows are mirrored.</param>
/// <param name="Folds">How many networks process every window.</param>
/// <param name="Inferences">How many inferences a volume takes, all of that together.</param>
public sealed record VolumeFacts(
    IReadOnlyList<int> Size, IReadOnlyList<int> Window, double Overlap, int Mirrors, int Folds, long Inferences);

/// <summary>What goes into a network.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">The length of each axis, the batch included.</param>
/// <param name="From">Where the numbers come from, in a few words.</param>
public sealed record InputFacts(string Name, string Type, IReadOnlyList<int> Shape, string From);

/// <summary>What comes out of a network.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">The length of each axis, the batch included; -1 for one that depends on the numbers that go in.</param>
/// <param name="IsJudged">Whether it is the one that is kept, compared and scored.</param>
public sealed record OutputFacts(string Name, string Type, IReadOnlyList<int> Shape, bool IsJudged);

/// <summary>A file of a network.</summary>
/// <param name="Sha256">SHA-256 in lower-case hex.</param>
/// <param name="Bytes">Its length.</param>
public sealed record FileFacts(string Sha256, long Bytes)
{
    /// <summary>SHA-256 in lower-case hex of the network with its weights that the file was made from; null in runs of version 1, where it
    /// is its own source.</summary>
    public string? Source { get; init; }

    /// <summary>How it was made from the source, in one line; null for the source itself.</summary>
    public string? Recipe { get; init; }

    /// <summary>Whether two files are the same network: by their sources if both are told, else by the files themselves.</summary>
    /// <param name="other">The other file, of the same format and number format.</param>
    public bool IsSameNetworkAs(FileFacts other) =>
        Source is { } source && other.Source is { } otherSource ? source == otherSource : Sha256 == other.Sha256;
}
