using Bench.Analysis.Measurements;

namespace Bench.Benchmarks.Tuning;

/// <summary>A configuration that a search chooses among.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="IsDefault">Whether it is the one that is compared with: the engine's defaults, one image, one stream.</param>
internal sealed record TuneCandidate(CellId Cell, bool IsDefault)
{
    private static readonly string[] Simplest = ["fp32", "tf32", "bf16", "fp16", "int8"];

    /// <summary>The engine: its last configuration is not dropped before it is shown to be worse.</summary>
    public string Engine => Cell.Backend.ToString();

    /// <summary>What decides among configurations that are equally good: fewest streams, smallest batch, fp32 first, fewest settings.
    /// </summary>
    public (int Streams, int Batch, int Precision, int Settings, string Id) Simplicity =>
        (Cell.Streams, Cell.Batch, Array.IndexOf(Simplest, Cell.Precision), Cell.Variant.Count, Cell.ToString());
}

/// <summary>What a launch of a configuration says.</summary>
/// <param name="Cost">What an image costs, in any unit that all configurations share; above 0.</param>
/// <param name="LatencyMs">The quantile of its latencies that the limit is on, in ms; null without a limit.</param>
internal readonly record struct TuneValue(double Cost, double? LatencyMs = null);
