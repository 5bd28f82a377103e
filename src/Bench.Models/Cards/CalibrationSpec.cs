using System.Text.Json.Serialization;

namespace Bench.Models.Cards;

/// <summary>From which images the ranges of an 8-bit file are read, and what is left out of it.</summary>
public sealed record CalibrationSpec
{
    /// <summary>A calibration that was made before (<c>calibration.json</c>): nothing is read while it fits the network.</summary>
    public string? Ranges { get; init; }

    /// <summary>For a network with one input: a <c>.npy</c> or <c>.npz</c> file or a folder of images, none of which is
    /// evaluated.</summary>
    public string? Inputs { get; init; }

    /// <summary>For a network with several inputs: such a file for each, by the name of the input.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The seed of images that are drawn; null for 2026.</summary>
    public ulong? Seed { get; init; }

    /// <summary>How many images are gone through, of files from the first; null for 200.</summary>
    public int? Count { get; init; }

    /// <summary><c>minmax</c>, <c>percentile</c> or <c>entropy</c>; null for minmax.</summary>
    public string? Method { get; init; }

    /// <summary>Nodes that stay in 32-bit floats, by their names or those of what they give; <c>first</c> and <c>last</c> are the first and
    /// the last node with weights.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Whether it names images.</summary>
    [JsonIgnore]
    public bool HasImages => Inputs is not null || Files.Count > 0;
}
