using Bench.Inference.Knobs;
using Bench.Models;

namespace Bench.Inference;

/// <summary>What to load, and how.</summary>
public sealed record SessionRequest
{
    /// <summary>The network's file, of the backend's <see cref="IBackend.Format"/> and the precision's
    /// <see cref="Precision.File"/>.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Its SHA-256 in lower-case hex.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>The precision that is asked for.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The knobs that differ from their defaults. What has its default is left to the engine.</summary>
    public KnobSettings Knobs { get; init; } = KnobSettings.None;

    /// <summary>The name of the network's input.</summary>
    public required string InputName { get; init; }

    /// <summary>Its shape, the batch included: channels before rows and columns.</summary>
    public required IReadOnlyList<int> InputShape { get; init; }

    /// <summary>The name of the network's output.</summary>
    public required string OutputName { get; init; }

    /// <summary>Its shape, the batch included.</summary>
    public required IReadOnlyList<int> OutputShape { get; init; }

    /// <summary>A folder for what an engine builds once and keeps.</summary>
    public required string Cache { get; init; }

    /// <summary>Which of several builds of the engine's own file is used, where an engine builds one: 1 or more.</summary>
    public int Build { get; init; } = 1;

    /// <summary>Elements of one input.</summary>
    public int InputLength => Length(InputShape);

    /// <summary>Elements of one output.</summary>
    public int OutputLength => Length(OutputShape);

    /// <exception cref="InferenceException">The backend has no such precision, knob or value.</exception>
    internal void ThrowIfUnfitFor(IBackend backend)
    {
        if ((backend.WhyNot(Precision) ?? Knobs.WhyNot(backend.Id)) is { } reason)
        {
            throw new InferenceException(reason);
        }
    }

    /// <exception cref="InferenceException">The image has another length than the input.</exception>
    internal void ThrowIfNoInput(float[] input)
    {
        if (input.Length != InputLength)
        {
            throw new InferenceException($"Found an image of {input.Length} values; the network takes {InputLength}.");
        }
    }

    private static int Length(IReadOnlyList<int> shape) => shape.Aggregate(1, (product, axis) => checked(product * axis));
}
