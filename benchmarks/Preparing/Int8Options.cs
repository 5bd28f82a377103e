using Bench.Models.Quantization;

namespace Bench.Benchmarks.Preparing;

/// <summary>What a user says of the int8 files that Bench makes; it overrules the card.</summary>
internal sealed record Int8Options
{
    /// <summary>Nothing.</summary>
    public static readonly Int8Options None = new();

    /// <summary>Files and folders of calibration images by the names of inputs; the empty name is the only input.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();

    /// <summary>A calibration that was made before; null if none is named.</summary>
    public string? Ranges { get; init; }

    /// <summary>What ranges are made of; null for what the card says.</summary>
    public CalibrationMethod? Method { get; init; }

    /// <summary>Nodes that stay in fp32; null for what the card says.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }
}
