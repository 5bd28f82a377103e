using System.Security.Cryptography;
using Bench.Models.Signatures;

namespace Bench.Models.Inputs;

/// <summary>Tells examples apart by what goes into the network, wherever it is stored.</summary>
public static class ExampleHash
{
    // 64 bits: two of a million images are alike by chance in one of 37 million sets.
    private const int Digits = 16;

    /// <summary>The hashes of examples, in their order.</summary>
    /// <param name="sources">Where the numbers of each input come from.</param>
    /// <param name="inputs">How the network takes them.</param>
    /// <param name="count">How many examples, from the first.</param>
    /// <returns>The first 16 digits of each example's SHA-256, in lower-case hex.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<InputSource> sources, IReadOnlyList<TensorSpec> inputs, int count)
    {
        using var examples = new ExampleReader(sources, inputs);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hashes = new List<string>();
        for (var example = 0; example < count; example++)
        {
            foreach (var bytes in examples.Read(example))
            {
                hash.AppendData(bytes);
            }

            hashes.Add(Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits]);
        }

        return hashes;
    }
}
