using Bench.Models.Inputs;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Launches;

/// <summary>Gives what goes into a network for an image: the numbers of every input.</summary>
internal sealed class RequestReader : IDisposable
{
    private readonly InputReader[] _readers;

    /// <param name="model">Where the numbers come from.</param>
    /// <param name="inputs">How the network's file takes them.</param>
    public RequestReader(PlannedModel model, IReadOnlyList<TensorSpec> inputs) =>
        _readers = [.. model.Inputs.Zip(inputs, InputReader.Open)];

    /// <summary>Reads an image.</summary>
    /// <param name="image">Its number, from 0.</param>
    /// <returns>The bytes of every input, in pinned memory.</returns>
    public IReadOnlyList<byte[]> Read(int image) => Array.ConvertAll(_readers, reader => reader.Read(image));

    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }
    }
}
