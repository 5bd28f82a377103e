namespace Bench.Analysis.Runs;

/// <summary>A run folder, or a file in it, that is missing, damaged or of another version.</summary>
public sealed class RunFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="problem">What was found, what was expected, and what to do.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public RunFormatException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException)
    {
    }
}
