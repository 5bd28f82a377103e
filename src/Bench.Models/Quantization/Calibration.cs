namespace Bench.Models.Quantization;

/// <summary>The ranges of a network's values: what an 8-bit file is written from, the same on every machine.</summary>
public sealed record Calibration
{
    /// <summary>SHA-256 in lower-case hex of the 32-bit network that was looked at, as <see cref="Files.ModelFile"/> has it.</summary>
    public required string Source { get; init; }

    /// <summary>What the ranges are made of.</summary>
    public required CalibrationMethod Method { get; init; }

    /// <summary>The images that they were read from.</summary>
    public required CalibrationImages Images { get; init; }

    /// <summary>What computed the values, for example <c>ONNX Runtime 1.30.0, CPU</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The range of each value by its name, in the order of the network.</summary>
    public required IReadOnlyDictionary<string, ActivationRange> Ranges { get; init; }

    /// <summary>Why an 8-bit file cannot be made from these ranges; null if it can.</summary>
    /// <param name="source">SHA-256 of the 32-bit network.</param>
    /// <param name="observed">The values whose range must be known.</param>
    public string? WhyNot(string source, IEnumerable<string> observed) =>
        Source != source ? $"they belong to a network with SHA-256 {Source}; this one has {source}"
        : observed.Where(name => !Ranges.ContainsKey(name)).ToList() is { Count: > 0 } missing
            ? $"they say nothing of {string.Join(", ", missing.Take(3))}{(missing.Count > 3 ? " and others" : string.Empty)}"
        : null;
}
