using Bench.Analysis.Measurements;
using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Fleets;

/// <summary>How much nodes of a kind differ in one measurement.</summary>
/// <param name="Machine">The kind.</param>
/// <param name="Measurement">What was measured.</param>
/// <param name="Nodes">On how many nodes.</param>
/// <param name="Ratio">The slowest node's mean over the quickest one's.</param>
/// <param name="NodeShare">The standard deviation between nodes as a share of the mean, what launches explain taken out; 0 where launches
/// explain all of it.</param>
/// <param name="P">How likely nodes that are alike differ so much, by the F test; null with one launch on each, since then nobody knows how
/// launches differ.</param>
/// <remarks>One-way analysis of variance with random nodes and any numbers of launches (Searle, Casella and McCulloch, Variance
/// Components, 1992, section 3.3, doi:10.1002/9780470316856), on logarithms of launch means.</remarks>
public sealed record NodeSpread(string Machine, MeasurementId Measurement, int Nodes, double Ratio, double NodeShare, double? P)
{
    /// <summary>Works it out.</summary>
    /// <param name="machine">The kind.</param>
    /// <param name="measurement">What was measured.</param>
    /// <param name="nodes">Of each node the means of its launches, in ms; two nodes or more, each with at least one launch.</param>
    public static NodeSpread Of(string machine, MeasurementId measurement, IReadOnlyList<IReadOnlyList<double>> nodes)
    {
        double[] means = [.. nodes.Select(launches => launches.Average(Math.Log))];
        var total = nodes.Sum(launches => launches.Count);
        var grand = nodes.Zip(means, (launches, mean) => launches.Count * mean).Sum() / total;
        var between = nodes.Zip(means, (launches, mean) => launches.Count * (mean - grand) * (mean - grand)).Sum() / (nodes.Count - 1);
        var within = total == nodes.Count ? 0
            : nodes.Zip(means, (launches, mean) => launches.Sum(launch => Math.Pow(Math.Log(launch) - mean, 2))).Sum()
                / (total - nodes.Count);
        var size = (total - (nodes.Sum(launches => (double)launches.Count * launches.Count) / total)) / (nodes.Count - 1);
        return new NodeSpread(
            machine, measurement, nodes.Count, Math.Exp(means.Max() - means.Min()), Math.Sqrt(Math.Max(0, (between - within) / size)),
            total == nodes.Count ? null : within > 0 ? 1 - FisherSnedecor.CDF(nodes.Count - 1, total - nodes.Count, between / within)
                : between > 0 ? 0 : 1);
    }
}
