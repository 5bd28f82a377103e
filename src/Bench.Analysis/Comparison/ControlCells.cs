using Bench.Analysis.Runs;

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

        var matches = pairs.Where(pair => CellPattern.Matches(pattern, pair.Name)).ToList();
        return matches.Count == 0 ? throw new ArgumentException($"--control: '{pattern}' matches no cell on both sides; expected a pattern such as */ort-cpu@1.29.0/*.")
            : matches.Count == pairs.Count ? throw new ArgumentException($"--control: '{pattern}' matches every cell; nothing would be left to compare.")
            : matches.Exists(pair => Math.Min(pair.Base.Launches.Count, pair.Current.Launches.Count) < 2) ? throw new ArgumentException($"--control: '{pattern}' matches a cell with a single launch; expected interleaved launches.")
            : new ControlCells(matches);
    }

    public bool Contains(MatchedPair pair) => _pairs.Contains(pair);

    /// <summary>Divides what stands for each launch of a cell by what stands for those of the control cells in the same round.</summary>
    /// <param name="launches">What stands for each launch.</param>
    /// <param name="benchmark">The cell.</param>
    /// <param name="statistic">What stands for a launch.</param>
    /// <param name="ofBase">Whether it is of the base.</param>
    /// <returns>The quotients of the rounds that all of them have.</returns>
    /// <exception cref="RunFormatException">The cell shares fewer than two rounds with the control cells, or a control cell takes no time.</exception>
    public double[] TakeOut(double[] launches, SideBenchmark benchmark, TimeStatistic statistic, bool ofBase)
    {
        // What disturbs a machine hits networks differently, so a cell goes by the control cells of its own network where there are any.
        var own = _pairs.Where(pair => pair.Base.Cell is { } control && control.Model == benchmark.Cell?.Model).ToList();
        var controls = (own.Count > 0 ? own : _pairs).Select(pair => ByRound(ofBase ? pair.Base : pair.Current, statistic)).ToList();
        var quotients = new List<double>();
        for (var i = 0; i < launches.Length && launches.Length == benchmark.Launches.Count; i++)
        {
            var round = Round(benchmark, i);
            if (controls.TrueForAll(control => control.ContainsKey(round)))
            {
                // The geometric mean, so that no control cell counts more than another.
                quotients.Add(launches[i] / Math.Exp(controls.Average(control => Math.Log(control[round]))));
            }
        }

        return quotients.Count > 1
            ? [.. quotients]
            : throw new RunFormatException(benchmark.Name, "found fewer than two rounds in common with the control cells; expected interleaved launches.");
    }

    private static Dictionary<int, double> ByRound(SideBenchmark control, TimeStatistic statistic)
    {
        var byRound = new Dictionary<int, double>();
        for (var i = 0; i < control.Launches.Count; i++)
        {
            var time = TimeRatio.OfLaunch(control.Launches[i], statistic);
            byRound[Round(control, i)] = time > 0 ? time : throw new RunFormatException(control.Name, $"found a time of {time} ns in a control cell; expected one above 0.");
        }

        return byRound;
    }

    private static int Round(SideBenchmark benchmark, int launch) => benchmark.Rounds.Count > launch ? benchmark.Rounds[launch] : launch + 1;
}
