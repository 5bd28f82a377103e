namespace Bench.Analysis.Input;

/// <summary>An input that is missing, damaged or of another version: a run folder, a file in it, an export, an array.</summary>
public class RunFormatException : FormatException
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
