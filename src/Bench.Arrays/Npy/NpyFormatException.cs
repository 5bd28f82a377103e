namespace Bench.Arrays.Npy;

/// <summary>A <c>.npy</c> file that is damaged, truncated, or of a kind that Bench does not read.</summary>
public sealed class NpyFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="source">The file, or another name of the data.</param>
    /// <param name="problem">What was found and what was expected.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public NpyFormatException(string source, string problem, Exception? innerException = null)
        : base($"{source}: {problem}", innerException)
    {
        Origin = source;
        Problem = problem;
    }

    /// <summary>The file, or another name of the data.</summary>
    public string Origin { get; }

    /// <summary>What was found and what was expected.</summary>
    public string Problem { get; }
}
