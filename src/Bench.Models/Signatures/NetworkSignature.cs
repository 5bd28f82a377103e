namespace Bench.Models.Signatures;

/// <summary>What goes into a network's file and what comes out, every axis known as far as it can be.</summary>
/// <param name="Inputs">What goes in, in the order of the file.</param>
/// <param name="Outputs">What comes out, in the order of the file; outputs that are no numbers are left out.</param>
/// <param name="FreeDimensions">The lengths that were chosen for named axes of any length.</param>
public sealed record NetworkSignature(
    IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs, IReadOnlyDictionary<string, int> FreeDimensions)
{
    /// <summary>A signature with no axis of any length.</summary>
    /// <param name="input">What goes in.</param>
    /// <param name="output">What comes out.</param>
    /// <returns>The signature.</returns>
    public static NetworkSignature Of(TensorSpec input, TensorSpec output) => new([input], [output], new Dictionary<string, int>());
}
