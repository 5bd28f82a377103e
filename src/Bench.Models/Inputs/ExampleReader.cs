using Bench.Models.Signatures;

namespace Bench.Models.Inputs;

/// <summary>Gives the numbers of all inputs of a network, example by example.</summary>
public sealed class ExampleReader : IDisposable
{
    private readonly IReadOnlyList<InputReader> _readers;

    /// <param name="sources">Where the numbers of each input come from, checked before.</param>
    /// <param name="inputs">How the network takes them.</param>
    /// <exception cref="Arrays.Npy.NpyFormatException">A file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public ExampleReader(IReadOnlyList<InputSource> sources, IReadOnlyList<TensorSpec> inputs) =>
        _readers = [.. sources.Zip(inputs, InputReader.Open)];

    /// <summary>The numbers of an example.</summary>
    /// <param name="example">Its number, from 0.</param>
    /// <returns>The bytes of every input, in pinned memory of their own.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IReadOnlyList<byte[]> Read(int example) => [.. _readers.Select(reader => reader.Read(example))];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }
    }
}
