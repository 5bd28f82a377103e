namespace Bench.Models.Quantization;

/// <summary>The images that ranges were read from.</summary>
/// <param name="From">Where they come from, in a few words: no path.</param>
/// <param name="Hashes">What tells each image from others: <see cref="Inputs.ExampleHash"/> of what goes into the network.</param>
public sealed record CalibrationImages(string From, IReadOnlyList<string> Hashes)
{
    /// <summary>How many images ranges are read from, where nobody says.</summary>
    public const int DefaultCount = 200;

    /// <summary>The seed of images that are drawn to read ranges from, where nobody says: other images than those that are evaluated.
    /// </summary>
    public const ulong DefaultSeed = 2026;

    /// <summary>Says which images must not be among them.</summary>
    /// <param name="evaluated">What tells each image that is evaluated from others.</param>
    /// <returns>How many of them are; 0 where all are as it must be.</returns>
    public int SharedWith(IEnumerable<string> evaluated) => evaluated.Intersect(Hashes, StringComparer.Ordinal).Count();
}
