using Bench.Analysis.Input;

namespace Bench.Analysis.Equivalence;

/// <summary>Two files of outputs have different shapes.</summary>
internal sealed class OutputShapeException : RunFormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The second file.</param>
    /// <param name="problem">Both shapes.</param>
    public OutputShapeException(string path, string problem)
        : base(path, problem)
    {
    }
}
