namespace Bench.Models.Cards;

/// <summary>A model that cannot be used: its card, or a file that the card names, is missing, damaged or wrong.</summary>
public sealed class ModelCardException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The card.</param>
    /// <param name="faults">Everything that is wrong with it, one sentence each.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public ModelCardException(string path, IReadOnlyList<string> faults, Exception? innerException = null)
        : base(
            faults.Count > 0 && faults[0].StartsWith(path, StringComparison.Ordinal)
                ? string.Join(" ", faults)
                : $"{path}: {string.Join(" ", faults)}",
            innerException)
    {
        Faults = faults;
    }

    /// <summary>Everything that is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Faults { get; }
}
