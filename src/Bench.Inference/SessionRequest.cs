using Bench.Arrays;
using Bench.Inference.Knobs;
using Bench.Models.Signatures;
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

    /// <summary>What goes into the network, in the order of <see cref="IExecution.Bind"/>; at least one, every axis known.</summary>
    public required IReadOnlyList<TensorSpec> Inputs { get; init; }

    /// <summary>What comes out, in the order of <see cref="IExecution.Output"/>; at least one. An axis that depends on the numbers that go
    /// in
    /// is <see cref="TensorSpec.Open"/>: then the engine reserves the memory in each run.</summary>
    public required IReadOnlyList<TensorSpec> Outputs { get; init; }

    /// <summary>The lengths of named axes of any length, where the file has them: the engine is told, so that it sees no open
    /// shape.</summary>
    public IReadOnlyDictionary<string, int> FreeDimensions { get; init; } = new Dictionary<string, int>();

    /// <summary>A folder for what an engine builds once and keeps.</summary>
    public required string Cache { get; init; }

    /// <summary>Which of several builds of the engine's own file is used, where an engine builds one: 1 or more.</summary>
    public int Build { get; init; } = 1;

    /// <summary>Whether all that comes out has a length that is known before.</summary>
    internal bool HasFixedOutputs => Outputs.All(output => output.IsFixed);

    /// <exception cref="InferenceException">The backend has no such precision, knob or value.</exception>
    internal void ThrowIfUnfitFor(IBackend backend)
    {
        if ((backend.WhyNot(Precision) ?? Knobs.WhyNot(backend.Id)) is { } reason)
        {
            throw new InferenceException(reason);
        }
    }

    /// <exception cref="InferenceException">The arrays are others than the network takes.</exception>
    internal void ThrowIfUnfit(IReadOnlyList<byte[]> inputs)
    {
        if (inputs.Count != Inputs.Count)
        {
            throw new InferenceException($"Found {inputs.Count} arrays; the network takes {Inputs.Count}.");
        }

        foreach (var (array, input) in inputs.Zip(Inputs))
        {
            if (array.Length != input.Bytes)
            {
                throw new InferenceException(
                    $"Found {array.Length / input.Type.Size()} values for '{input.Name}'; the network takes {input.Length}.");
            }
        }
    }
}
