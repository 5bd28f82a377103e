using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>What version 1 of <c>run.json</c> leaves to be known.</summary>
internal static class Version1
{
    private const string FrozenGraphs = "tensorflow";

    /// <summary>The key of a cell's file among those of its model: TensorFlow reads frozen graphs, all others ONNX files.</summary>
    public static string ModelFileOf(CellId cell) => cell.Backend.Name.StartsWith(FrozenGraphs, StringComparison.Ordinal)
        ? $"{FrozenGraphs}-{cell.Precision}"
        : cell.Precision;
}
