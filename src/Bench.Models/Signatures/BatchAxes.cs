namespace Bench.Models.Signatures;

/// <summary>Where a network counts images: for each input and output that has a batch, which axis it is, from 0.</summary>
/// <param name="Inputs">By the names of inputs; those that are missing go in once for a whole batch.</param>
/// <param name="Outputs">By the names of outputs; those that are missing come out once for a whole batch.</param>
public sealed record BatchAxes(IReadOnlyDictionary<string, int> Inputs, IReadOnlyDictionary<string, int> Outputs)
{
    /// <summary>Nothing has a batch.</summary>
    public static readonly BatchAxes None = new(new Dictionary<string, int>(), new Dictionary<string, int>());

    /// <summary>The first axis of everything.</summary>
    /// <param name="signature">What goes in and comes out.</param>
    public static BatchAxes First(NetworkSignature signature) => new(
        signature.Inputs.ToDictionary(input => input.Name, _ => 0), signature.Outputs.ToDictionary(output => output.Name, _ => 0));

    /// <summary>A tensor of a batch.</summary>
    /// <param name="tensor">The tensor of one image.</param>
    /// <param name="axes">Which axis is the batch, by name.</param>
    /// <param name="batch">How many images.</param>
    /// <returns>The tensor with so many; the same one if it has no batch.</returns>
    public static TensorSpec Batched(TensorSpec tensor, IReadOnlyDictionary<string, int> axes, int batch) =>
        axes.TryGetValue(tensor.Name, out var place)
            ? tensor with { Shape = [.. tensor.Shape.Select((length, axis) => axis == place ? batch : length)] }
            : tensor;
}
