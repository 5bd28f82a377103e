using System.Globalization;
using Bench.Analysis.Input;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Comparison;

/// <summary>Turns repeated runs of the same code into a measure of how runs differ.</summary>
/// <remarks>
/// Of each run and cell the level is the Hodges–Lehmann centre of the logarithms of its launches' medians, once as they are and once with
/// the control cells of the same rounds taken out; the variance of levels over runs is what a gate adds to its intervals.
/// </remarks>
public static class NoiseCalibration
{
    private const double Level = 0.95;
    private const int FewestForSignedRanks = 6;

    /// <summary>Reads runs and measures how they differ.</summary>
    /// <param name="runs">Run folders or exports, of the same code on the same machine.</param>
    /// <param name="options">Prices, and the pattern of control cells.</param>
    /// <returns>The noise file.</returns>
    /// <exception cref="RunFormatException">A run is damaged, or not of the same code, machine and cells as the first.</exception>
    /// <exception cref="ArgumentException">There are too few runs, or the pattern of control cells matches none.</exception>
    public static NoiseFile Of(IReadOnlyList<string> runs, ComparisonOptions options) =>
        Of([.. runs.Select(run => ComparisonSide.Read(run, options.Price))], options);

    /// <summary>Measures how runs differ.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="options">The pattern of control cells.</param>
    /// <returns>The noise file.</returns>
    /// <exception cref="RunFormatException">A run is not of the same code, machine and cells as the first.</exception>
    /// <exception cref="ArgumentException">There are too few runs, or the pattern of control cells matches none.</exception>
    public static NoiseFile Of(IReadOnlyList<ComparisonSide> runs, ComparisonOptions options)
    {
        if (runs.Count < NoiseFile.FewestRuns)
        {
            throw new ArgumentException($"noise: found {runs.Count} runs; expected {NoiseFile.FewestRuns} or more of the same code, "
                + $"better {NoiseFile.SensibleRuns}, spread over days.");
        }

        RefuseCopies(runs);
        var matched = runs.Skip(1).Select(run => SameCode(runs[0], run, options)).ToList();
        var controls = matched.ConvertAll(matching => ControlCells.Of(runs[0], matching.Pairs, options));
        var cells = new SortedDictionary<string, NoiseFile.CellNoise>(StringComparer.Ordinal);
        foreach (var (index, pair) in matched[0].Pairs.Index().Where(entry => controls[0]?.Contains(entry.Item) != true))
        {
            var others = matched.ConvertAll(matching => matching.Pairs[index]);
            RefuseSingleLaunches(others);
            List<SideBenchmark> sides = [pair.Base, .. others.Select(other => other.Current)];
            List<ControlLevels>? levels = controls[0] is null ? null : [.. others.Select((other, i) => controls[i]!.For(other))];
            List<IReadOnlyDictionary<int, double>>? ofRuns = levels is null
                ? null
                : [levels[0].Base, .. levels.Select(level => level.Current)];
            cells[pair.Name] = new NoiseFile.CellNoise(
                Variance(sides.ConvertAll(side => Logarithms(side, null)), pair.Name),
                ofRuns is null ? null : Variance([.. sides.Select((side, run) => Logarithms(side, ofRuns[run]))], pair.Name));
        }

        return new NoiseFile(NoiseFile.CurrentSchemaVersion, MachineOf(runs[0]),
            [.. runs.Select(run => run.Run?.Manifest.Id ?? run.Source)], options.Control, cells);
    }

    private static double[] Logarithms(SideBenchmark side, IReadOnlyDictionary<int, double>? control) =>
    [
        .. side.Launches.Select((launch, i) => (Time: Quantiles.Median(launch), Round: side.RoundOf(i)))
            .Where(entry => control is null || control.ContainsKey(entry.Round))
            .Select(entry => Math.Log(entry.Time) - (control is null ? 0 : control[entry.Round])),
    ];

    private static NoiseVariance Variance(List<double[]> runs, string cell)
    {
        var levels = runs.ConvertAll(OfRun);
        return levels.TrueForAll(level => double.IsFinite(level.Value) && double.IsFinite(level.Variance))
            ? new NoiseVariance(runs.Count, levels.ConvertAll(level => level.Value).Variance(), levels.Average(level => level.Variance))
            : throw new RunFormatException(cell,
                "found times of zero, or fewer than two rounds in common with the control cells; no noise can be measured from them.");
    }

    private static (double Value, double Variance) OfRun(double[] logarithms)
    {
        if (logarithms.Length < FewestForSignedRanks)
        {
            return logarithms.Length < 2 ? (double.NaN, double.NaN) : (logarithms.Average(), logarithms.Variance() / logarithms.Length);
        }

        if (!logarithms.All(double.IsFinite))
        {
            return (double.NaN, double.NaN);
        }

        var centre = HodgesLehmann.Estimate(logarithms, Level);
        var error = centre.Interval!.HalfWidth / Normal.InvCDF(0, 1, (1 + Level) / 2);
        return (centre.Value, error * error);
    }

    /// <summary>A run beside itself does not differ, so that everything after it would pass.</summary>
    private static void RefuseCopies(IReadOnlyList<ComparisonSide> runs)
    {
        static string Times(ComparisonSide run) => string.Join(' ', run.Benchmarks.SelectMany(benchmark => benchmark.Launches)
            .SelectMany(launch => launch).Select(time => time.ToString("R", CultureInfo.InvariantCulture)));
        var copies = runs.GroupBy(Times).FirstOrDefault(same => same.Count() > 1);
        if (copies is not null)
        {
            throw new RunFormatException(copies.Last().Source,
                $"found the same times as in {copies.First().Source}; expected runs that were each measured for themselves.");
        }
    }

    private static void RefuseSingleLaunches(List<MatchedPair> pairs)
    {
        var single = pairs.Find(pair => pair.Base.Launches.Count < 2 || pair.Current.Launches.Count < 2);
        if (single is not null)
        {
            throw new RunFormatException(
                single.Name, "found a single launch, or a mean without launches; expected two launches or more in every run.");
        }
    }

    private static SortedDictionary<string, string> MachineOf(ComparisonSide side) =>
        new(side.Traits.Where(trait => trait.MustMatch).ToDictionary(trait => trait.Name, trait => trait.Value), StringComparer.Ordinal);

    private static Matching SameCode(ComparisonSide first, ComparisonSide other, ComparisonOptions options)
    {
        var matching = Matching.Of(first, other);
        var difference = Differences.Between(
            first, other, matching.Pairs, ControlCells.Of(first, matching.Pairs, options), isPairing: false)
            .FirstOrDefault(difference => difference.BreaksComparison || difference.IsOfCode);
        return difference is not null
                ? throw new RunFormatException(other.Source, $"{difference.Name} is {difference.Current} and {difference.Base} in "
                    + $"{first.Source}; expected runs of the same code on the same machine.")
            : matching.Missing.Concat(matching.New).Concat(matching.Ambiguous).FirstOrDefault() is { } unmatched
                ? throw new RunFormatException(
                    other.Source, $"{unmatched.Name} is not in both it and {first.Source}; expected the same cells in every run.")
            : matching.Pairs.Count == 0
                ? throw new RunFormatException(other.Source, "found no cell that was measured; expected the same cells in every run.")
            : matching;
    }
}
