using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Comparison;

/// <summary>Cells that cannot have changed between two runs: what their times do, the machine did.</summary>
/// <remarks>
/// A machine that others use too is some percent slower or faster from one minute to the next, all cells alike. Launches of one round lie
/// within seconds of each other, so dividing a cell's launch by the medians of the control cells in the same round takes that out, with
/// slope 1. A slope estimated from the rounds would be attenuated by the controls' own noise; that the true one may differ from 1 is in the
/// interval (<see cref="BetweenRuns"/>). Relative or paired benchmarking; it needs interleaved launches.
/// </remarks>
internal sealed class ControlCells
{
    private readonly IReadOnlyList<MatchedPair> _pairs;
    private readonly double _level;
    private readonly double _threshold;

    private ControlCells(IReadOnlyList<MatchedPair> pairs, double level, double threshold) =>
        (_pairs, _level, _threshold) = (pairs, level, threshold);

    /// <summary>What the control cells did, each group of them once.</summary>
    public IReadOnlyList<ControlDrift> Drifts =>
        [.. _pairs.GroupBy(pair => pair.Base.Cell?.Model ?? string.Empty).Select(group => DriftOf([.. group], group.Key))];

    /// <summary>Finds the control cells.</summary>
    /// <param name="baseline">The base, which may have control cells that the current side lacks.</param>
    /// <param name="pairs">What is on both sides.</param>
    /// <param name="options">The pattern, the level of intervals and the threshold.</param>
    /// <returns>The cells; null without a pattern, or where none of them is on both sides: what is missing is listed anyway.</returns>
    /// <exception cref="ArgumentException">The pattern matches no cell of the base, all of them, or cells with fewer than
    /// two launches.</exception>
    public static ControlCells? Of(ComparisonSide baseline, IReadOnlyList<MatchedPair> pairs, ComparisonOptions options)
    {
        if (options.Control is not { } pattern)
        {
            return null;
        }

        var tried = baseline.Benchmarks.Where(benchmark => benchmark.WasTried).ToList();
        var matches = pairs.Where(pair => CellPattern.Matches(pattern, pair.Name)).ToList();
        return !tried.Exists(benchmark => CellPattern.Matches(pattern, benchmark.Name))
                ? throw new ArgumentException(
                    $"--control: '{pattern}' matches no cell of the base; expected a pattern such as */ort-cpu@1.30.0/*.")
            : tried.TrueForAll(benchmark => CellPattern.Matches(pattern, benchmark.Name))
                ? throw new ArgumentException($"--control: '{pattern}' matches every cell; nothing would be left to compare.")
            : matches.Exists(pair => Math.Min(pair.Base.Launches.Count, pair.Current.Launches.Count) < 2)
                ? throw new ArgumentException($"--control: '{pattern}' matches a cell with a single launch; expected interleaved launches.")
            : matches.Exists(pair => !pair.Base.HasRounds || !pair.Current.HasRounds)
                ? throw new ArgumentException($"--control: '{pattern}' matches a benchmark whose launches did not take turns with others: "
                    + "BenchmarkDotNet makes all launches of a benchmark one after the other. Expected runs of Bench.")
            : matches.Count == 0 ? null
            : new ControlCells(matches, options.Level, options.Threshold);
    }

    public bool Contains(MatchedPair pair) => _pairs.Contains(pair);

    /// <summary>The control of a cell: of the same engine, network and precision where there is one, else of the same
    /// network, else all.</summary>
    /// <param name="pair">The cell.</param>
    /// <returns>The levels of both sides by round, on the logarithmic scale, and what the control did between the runs.</returns>
    public ControlLevels For(MatchedPair pair)
    {
        var network = _pairs.Where(control => control.Base.Cell is { } facts && facts.Model == pair.Base.Cell?.Model).ToList();
        var pinned = network.FindAll(control => IsSameKind(control.Base.Cell!, pair.Base.Cell!));
        IReadOnlyList<MatchedPair> used = pinned.Count > 0 ? pinned : network.Count > 0 ? network : _pairs;
        var (from, to) = (Levels(used, pair => pair.Base), Levels(used, pair => pair.Current));
        return new ControlLevels(from, to, DriftOf(used, string.Empty), pinned.Count > 0);
    }

    private static bool IsSameKind(CellFacts control, CellFacts cell) =>
        control.Precision == cell.Precision && control.Backend.Name == cell.Backend.Name;

    private ControlDrift DriftOf(IReadOnlyList<MatchedPair> pairs, string model)
    {
        double[] from = [.. Levels(pairs, pair => pair.Base).Values.Select(Math.Exp)];
        double[] to = [.. Levels(pairs, pair => pair.Current).Values.Select(Math.Exp)];
        if (from.Length < 2 || to.Length < 2)
        {
            return new ControlDrift(model, double.NaN, null, IsBeyond: false);
        }

        var estimate = TimeRatio.WithinRuns(from, to, TimeSubject.Typical, _level);
        var interval = estimate.Interval is { } within
            ? TimeRatio.Widen(within, estimate.Ratio, new BetweenRuns(RunEvidence.Control), TimeSubject.Typical)
            : null;
        var drift = new ControlDrift(model, estimate.Ratio, interval, IsBeyond: false);
        return drift with { IsBeyond = drift.IsBeyondOf(_threshold) };
    }

    /// <summary>The mean over control cells of the logarithm of a launch's median, for the rounds that all of them have.</summary>
    private static SortedDictionary<int, double> Levels(IReadOnlyList<MatchedPair> pairs, Func<MatchedPair, SideBenchmark> side)
    {
        var controls = pairs.Select(pair => ByRound(side(pair))).ToList();
        return new SortedDictionary<int, double>(controls[0].Keys.Where(round => controls.TrueForAll(control => control.ContainsKey(round)))
            .ToDictionary(round => round, round => controls.Average(control => control[round])));
    }

    private static Dictionary<int, double> ByRound(SideBenchmark control)
    {
        var byRound = new Dictionary<int, double>();
        for (var i = 0; i < control.Launches.Count; i++)
        {
            var time = Quantiles.Median(control.Launches[i]);
            byRound[control.RoundOf(i)] = time > 0
                ? Math.Log(time)
                : throw new RunFormatException(control.Name, $"found a time of {time} ms in a control cell; expected one above 0.");
        }

        return byRound;
    }
}

/// <summary>What cells that cannot have changed did between two runs: that was the machine.</summary>
/// <param name="Model">The network that they are of; empty for benchmarks of other projects.</param>
/// <param name="Ratio">Current over base; NaN with fewer than two rounds in common.</param>
/// <param name="Interval">Its interval; null where there is none.</param>
/// <param name="IsBeyond">Whether it is shown to be beyond the threshold: then nothing passes.</param>
public sealed record ControlDrift(string Model, double Ratio, ConfidenceInterval? Interval, bool IsBeyond)
{
    /// <summary>Whether it is shown to be beyond a threshold.</summary>
    internal bool IsBeyondOf(double threshold) =>
        Interval is not null && (Interval.Lower > 1 + threshold || Interval.Upper < 1 / (1 + threshold));
}

/// <summary>The control of a cell.</summary>
/// <param name="Base">Its level in each round of the base, on the logarithmic scale.</param>
/// <param name="Current">The same of the current side.</param>
/// <param name="Drift">What it did between the runs.</param>
/// <param name="IsPinned">Whether it is of the same engine, network and precision as the cell.</param>
internal sealed record ControlLevels(
    IReadOnlyDictionary<int, double> Base, IReadOnlyDictionary<int, double> Current, ControlDrift Drift, bool IsPinned);
