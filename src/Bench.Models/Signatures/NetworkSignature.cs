namespace Bench.Models.Signatures;

/// <summary>What goes into a network's file and what comes out, every axis known as far as it can be.</summary>
/// <param name="Inputs">What goes in, in the order of the file.</param>
/// <param name="Outputs">What comes out, in the order of the file; outputs that are no numbers are left out.</param>
/// <param name="FreeDimensions">The lengths that were chosen for named axes of any length.</param>
public sealed record NetworkSignature(
    IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<TensorSpec> Outputs, IReadOnlyDictionary<string, int> FreeDimensions)
{
    /// <summary>Where images are counted.</summary>
    public BatchAxes BatchAxes { get; init; } = BatchAxes.None;

    /// <summary>A signature with no axis of any length.</summary>
    /// <param name="input">What goes in.</param>
    /// <param name="output">What comes out.</param>
    /// <returns>The signature.</returns>
    public static NetworkSignature Of(TensorSpec input, TensorSpec output) => new([input], [output], new Dictionary<string, int>());

    /// <summary>The signature of a request of several images.</summary>
    /// <param name="batch">How many, 1 or more.</param>
    /// <param name="names">What the file calls the axes that count images.</param>
    /// <returns>The signature: no axis of it is open that was not.</returns>
    public NetworkSignature OfBatch(int batch, IEnumerable<string> names)
    {
        var lengths = new Dictionary<string, int>(FreeDimensions);
        foreach (var name in names)
        {
            lengths[name] = batch;
        }

        return this with
        {
            Inputs = [.. Inputs.Select(input => BatchAxes.Batched(input, BatchAxes.Inputs, batch))],
            Outputs = [.. Outputs.Select(output => BatchAxes.Batched(output, BatchAxes.Outputs, batch))],
            FreeDimensions = lengths,
        };
    }
}
