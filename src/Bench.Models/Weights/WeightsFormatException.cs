namespace Bench.Models.Weights;

/// <summary>A weights file that is damaged, truncated, or does not fit the network.</summary>
public sealed class WeightsFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What was found and what was expected.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public WeightsFormatException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException)
    {
    }
}
