using System.IO.Enumeration;

namespace Bench.Analysis.Comparison;

/// <summary>Cells that cannot have changed between two runs: what their times do, the machine did.</summary>
/// <remarks>
/// A machine that others use too is some percent slower or faster from one minute to the next, all cells alike. Launches of one round lie within
/// seconds of each other, so dividing a cell's launch by those of the control cells in the same round takes that out, and what is left scatters
/// as little as two launches in a row do. This is what is known as relative or paired benchmarking; it needs interleaved launches.
/// </remarks>
internal sealed class ControlCells
{
    private readonly IReadOnlyList<MatchedPair> _pairs;

    private ControlCells(IReadOnlyList<MatchedPair> pairs) => _pairs = pairs;

    /// <summary>Finds the control cells.</summary>
    /// <param name="pairs">What is on both sides.</param>
    /// <param name="pattern">The pattern of their names; null for none.</param>
    /// <returns>The cells; null without a pattern.</returns>
    /// <exception cref="ArgumentException">The pattern matches no cell, all of them, or cells with fewer than two launches.</exception>
    public static ControlCells? Of(IReadOnlyList<MatchedPair> pairs, string? pattern)
    {
        if (pattern is null)
        {
            return null;
        }

        var matches = pairs.Where(pair => FileSystemName.MatchesSimpleExpression(pattern, pair.Name, ignoreCase: false)).ToList();
        return matches.Count == 0 ? throw new ArgumentException($"--control: '{pattern}' matches no cell on both sides; expected a pattern such as */ort-cpu-unoptimized/*.")
            : matches.Count == pairs.Count ? throw new ArgumentException($"--control: '{pattern}' matches every cell; nothing would be left to compare.")
            : matches.Exists(pair => Math.Min(pair.Base.Launches.Count, pair.Current.Launches.Count) < 2) ? throw new ArgumentException($"--control: '{pattern}' matches a cell with a single launch; expected interleaved launches.")
            : new ControlCells(matches);
    }

    public bool Contains(MatchedPair pair) => _pairs.Contains(pair);

    /// <summary>Divides what stands for each launch of a cell by what stands for those of the control cells in the same round.</summary>
    /// <param name="launches">What stands for each launch, round by round.</param>
    /// <param name="benchmark">The cell, for messages.</param>
    /// <param name="statistic">What stands for a launch.</param>
    /// <param name="ofBase">Whether it is of the base.</param>
    /// <exception cref="ArgumentException">The cell has other launches than the control cells.</exception>
    public double[] TakeOut(double[] launches, SideBenchmark benchmark, TimeStatistic statistic, bool ofBase)
    {
        var controls = _pairs.Select(pair => (ofBase ? pair.Base : pair.Current).Launches).ToList();
        if (controls.Exists(control => control.Count != launches.Length))
        {
            throw new ArgumentException($"--control: {benchmark.Name} has {launches.Length} launches and the control cells {string.Join(", ", controls.Select(control => control.Count))}; expected as many, interleaved.");
        }

        var quotients = new double[launches.Length];
        for (var round = 0; round < launches.Length; round++)
        {
            // The geometric mean, so that no control cell counts more than another.
            var machine = controls.Average(control => Math.Log(TimeRatio.OfLaunch(control[round], statistic)));
            quotients[round] = launches[round] / Math.Exp(machine);
        }

        return quotients;
    }
}
