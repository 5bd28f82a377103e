using System.Text.Json.Serialization;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Paired;
using Bench.Analysis.Statistics.TwoSamples;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Comparison;

/// <summary>By what factor the current side takes longer than the base, with one interval that has everything in it that is known
/// to be uncertain.</summary>
/// <param name="BaseMs">The base's time of one operation in ms: the median over launches, or their mean.</param>
/// <param name="CurrentMs">The same of the current side.</param>
/// <param name="Ratio">Current over base, what the control cells did taken out; above 1 is slower.</param>
/// <param name="Interval">The interval of the ratio, with what runs of the same code differ by; null where nothing is known of how repeated
/// measurements differ.</param>
/// <param name="Evidence">What is known of how launches differ.</param>
/// <param name="Runs">What is known of how runs of the same code differ.</param>
public sealed record TimeRatio(
    [property: JsonIgnore] double BaseMs,
    [property: JsonIgnore] double CurrentMs,
    double Ratio, ConfidenceInterval? Interval, Evidence Evidence, RunEvidence Runs)
{
    // Below the resolution of any clock: a time of zero is taken for this, so that something is slower than nothing.
    private const double ShortestMs = 1e-6;

    /// <summary>The base's time in ns, as JSON has it.</summary>
    [JsonPropertyOrder(-2)]
    public double BaseNs => TimeUnits.Ns(BaseMs);

    /// <summary>The same of the current side.</summary>
    [JsonPropertyOrder(-1)]
    public double CurrentNs => TimeUnits.Ns(CurrentMs);

    // From so many pairs on the signed-rank interval exists at 95 %.
    private const int MinimumPairs = 6;

    /// <summary>Whether it is known how runs differ, so that a cell may be called the same.</summary>
    internal bool CanPass => Runs is not (RunEvidence.Unknown or RunEvidence.SingleLaunch);

    /// <summary>
    /// How much of the interval these launches explain, and how many they are on the side with fewer; null where that is not known.
    /// </summary>
    internal LaunchShare? Launches { get; private init; }

    /// <summary>
    /// How many launches a side would about do to show that a ratio is within a threshold, or beyond it, if further ones scatter as these
    /// do.
    /// </summary>
    /// <param name="factor">By what the ratio is multiplied: that of prices.</param>
    /// <param name="threshold">From which relative change on it matters.</param>
    /// <returns>The number; infinite where what runs differ by is too wide for any number of launches, and null where nothing is
    /// known, or they suffice.</returns>
    internal double? LaunchesNeeded(double factor, double threshold)
    {
        if (Launches is not { } share || Interval is not { Lower: > 0 } interval)
        {
            return null;
        }

        // The part of these launches shrinks with their number, what runs differ by does not.
        var room = Math.Log((1 + threshold) / (Ratio * factor));
        var (whole, own) = room > 0
            ? (Math.Log(interval.Upper / Ratio), Math.Log(share.Within.Upper / Ratio))
            : (Math.Log(Ratio / interval.Lower), Math.Log(Ratio / share.Within.Lower));
        var left = (room * room) - (whole * whole) + (own * own);
        var needed = left <= 0 ? double.PositiveInfinity : Math.Ceiling(share.Fewest * own * own / left);

        // Where there are enough, it is not for want of launches that nothing is shown.
        return needed > share.Fewest ? needed : null;
    }

    /// <summary>Compares two measured benchmarks.</summary>
    /// <param name="pair">The benchmarks; both have times.</param>
    /// <param name="subject">What of their time.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <param name="between">What is known of how runs of the same code differ.</param>
    /// <param name="control">The control cells of the pair; null for none.</param>
    /// <exception cref="RunFormatException">The cell shares fewer than two rounds with its control cells.</exception>
    internal static TimeRatio Of(MatchedPair pair, TimeSubject subject, double level, BetweenRuns between, ControlLevels? control = null)
    {
        if (pair.Base.Summary is not null || pair.Current.Summary is not null)
        {
            return OfSummaries(Summarized.Of(pair.Base), Summarized.Of(pair.Current), level, between);
        }

        var ofLaunches = Math.Min(pair.Base.Launches.Count, pair.Current.Launches.Count) > 1;
        var (measured, now) = (Units(pair.Base, subject, ofLaunches), Units(pair.Current, subject, ofLaunches));
        var (baseMs, currentMs) = (Centre(measured, subject), Centre(now, subject));
        var (from, to) = Floored(measured, now);
        if (between.Kind == RunEvidence.Paired)
        {
            return Judged(OfRounds(pair, from, to, subject, level), between, subject, baseMs, currentMs, Math.Min(from.Length, to.Length),
                ofLaunches);
        }

        if (control is not null && ofLaunches)
        {
            from = TakeOut(from, pair.Base, control.Base);
            to = TakeOut(to, pair.Current, control.Current);
        }

        return Judged(
            WithinRuns(from, to, subject, level), between, subject, baseMs, currentMs, Math.Min(from.Length, to.Length), ofLaunches);
    }

    /// <summary>The ratio of two samples of launches, with what these launches explain in its interval and no more.</summary>
    internal static RatioEstimate WithinRuns(double[] from, double[] to, TimeSubject subject, double level)
    {
        if (subject == TimeSubject.Mean)
        {
            return MeanRatio.Independent(from, to, level);
        }

        var estimate = HodgesLehmannRatio.Estimate(from, to, level);
        return estimate.Interval is null && Math.Min(from.Length, to.Length) > 1 ? Welch.Ratio(from, to, level) : estimate;
    }

    /// <summary>Adds what runs differ by to an interval, each end for itself.</summary>
    internal static ConfidenceInterval Widen(ConfidenceInterval within, double ratio, BetweenRuns between, TimeSubject subject)
    {
        var (added, contained) = (between.SquaredHalfWidth(within.Level), between.Contained(within.Level, subject));

        // What repeated runs differ by holds what their launches differ by, but never makes an interval narrower than these launches are.
        double Wider(double logarithm) => Math.Sqrt((logarithm * logarithm) + Math.Max(0, added - contained));
        return new ConfidenceInterval(ratio * Math.Exp(-Wider(Math.Log(ratio / within.Lower))),
            ratio * Math.Exp(Wider(Math.Log(within.Upper / ratio))), within.Level);
    }

    private static TimeRatio Judged(
        RatioEstimate estimate, BetweenRuns between, TimeSubject subject, double baseMs, double currentMs, int fewest, bool ofLaunches)
    {
        var evidence = estimate.Interval is null ? Evidence.None
            : !ofLaunches ? Evidence.Iterations
            : fewest >= 4 ? Evidence.Launches
            : Evidence.FewLaunches;
        return new TimeRatio(
            baseMs, currentMs, estimate.Ratio, estimate.Interval is { } within ? Widen(within, estimate.Ratio, between, subject) : null,
                evidence, between.Kind)
        {
            Launches = ofLaunches && estimate.Interval is { } own ? new LaunchShare(own, fewest) : null,
        };
    }

    /// <summary>What launches explain of an interval.</summary>
    /// <param name="Within">The interval that they alone give.</param>
    /// <param name="Fewest">How many they are on the side with fewer.</param>
    internal sealed record LaunchShare(ConfidenceInterval Within, int Fewest);

    private static double Centre(double[] times, TimeSubject subject) => subject == TimeSubject.Mean ? times.Average() : times.Median();

    /// <summary>What counts as independent: launches; or, where a side has one, as many neighbouring iterations taken together as depend
    /// on each other.</summary>
    private static double[] Units(SideBenchmark benchmark, TimeSubject subject, bool ofLaunches)
    {
        if (ofLaunches)
        {
            return [.. benchmark.Launches.Select(launch => subject.Of(launch))];
        }

        // Of a last block that is not full the rest is in its neighbour, so that no iteration is left out.
        var length = BlockLength.Of(benchmark.Launches);
        return [.. benchmark.Launches.SelectMany(launch => Blocks([.. launch], length))];
    }

    private static IEnumerable<double> Blocks(double[] launch, int length)
    {
        var count = Math.Max(1, launch.Length / length);
        for (var block = 0; block < count; block++)
        {
            yield return launch.AsSpan()[(block * length)..(block == count - 1 ? launch.Length : (block + 1) * length)].ToArray().Average();
        }
    }

    private static (double[] From, double[] To) Floored(double[] from, double[] to) => from.Concat(to).All(time => time > 0)
        ? (from, to)
        : (Array.ConvertAll(from, time => Math.Max(ShortestMs, time)), Array.ConvertAll(to, time => Math.Max(ShortestMs, time)));

    private static RatioEstimate OfRounds(MatchedPair pair, double[] from, double[] to, TimeSubject subject, double level)
    {
        var rounds = Enumerable.Range(0, to.Length).ToDictionary(pair.Current.RoundOf, i => to[i]);
        var common = Enumerable.Range(0, from.Length).Where(i => rounds.ContainsKey(pair.Base.RoundOf(i))).ToList();
        double[] first = [.. common.Select(i => from[i])];
        double[] second = [.. common.Select(i => rounds[pair.Base.RoundOf(i)])];
        if (first.Length == 0)
        {
            return new RatioEstimate(to.Median() / from.Median(), null);
        }

        if (subject == TimeSubject.Mean || first.Length < MinimumPairs)
        {
            return MeanRatio.Paired(first, second, level);
        }

        var centre = HodgesLehmann.Estimate([.. first.Zip(second, (one, other) => Math.Log(other / one))], level);
        if (centre.Interval is not { } interval)
        {
            // At a high level it takes more rounds than there are.
            return MeanRatio.Paired(first, second, level);
        }

        return new RatioEstimate(
            Math.Exp(centre.Value),
            interval.Lower < interval.Upper ? new ConfidenceInterval(Math.Exp(interval.Lower), Math.Exp(interval.Upper), level) : null);
    }

    private static double[] TakeOut(double[] launches, SideBenchmark benchmark, IReadOnlyDictionary<int, double> control)
    {
        double[] left = [.. launches.Select((time, i) => (time, Round: benchmark.RoundOf(i)))
            .Where(entry => control.ContainsKey(entry.Round)).Select(entry => entry.time / Math.Exp(control[entry.Round]))];
        return left.Length > 1
            ? left
            : throw new RunFormatException(
                benchmark.Name, "found fewer than two rounds in common with the control cells; expected interleaved launches.");
    }

    private static TimeRatio OfSummaries(Summarized baseline, Summarized current, double level, BetweenRuns between)
    {
        var (from, to) = (Math.Max(ShortestMs, baseline.MeanMs), Math.Max(ShortestMs, current.MeanMs));
        (from, to) = baseline.MeanMs > 0 && current.MeanMs > 0 ? (baseline.MeanMs, current.MeanMs) : (from, to);
        var estimate = Welch.Ratio(Math.Log(from), baseline.RelativeVariance, baseline.DegreesOfFreedom, Math.Log(to),
            current.RelativeVariance, current.DegreesOfFreedom, level);
        return new TimeRatio(
            baseline.MeanMs,
            current.MeanMs,
            estimate.Ratio,
            estimate.Interval is { } within ? Widen(within, estimate.Ratio, between, TimeSubject.Mean) : null,
            estimate.Interval is null ? Evidence.None : Evidence.Summary,
            between.Kind);
    }

    /// <summary>A mean with the square of its relative standard error.</summary>
    private sealed record Summarized(double MeanMs, double RelativeVariance, double DegreesOfFreedom)
    {
        public static Summarized Of(SideBenchmark benchmark)
        {
            if (benchmark.Summary is { } summary)
            {
                return summary is { StandardErrorMs: { } error, MeanMs: > 0 }
                    ? new Summarized(summary.MeanMs, error * error / (summary.MeanMs * summary.MeanMs), summary.DegreesOfFreedom)
                    : new Summarized(summary.MeanMs, 0, 0);
            }

            // Launches are what is independent, or else as many neighbouring iterations as depend on each other.
            var units = Units(benchmark, TimeSubject.Mean, benchmark.Launches.Count > 1);
            var mean = benchmark.Launches.SelectMany(launch => launch).Average();
            return new Summarized(
                mean, units.Length > 1 && mean > 0 ? units.Variance() / units.Length / (mean * mean) : 0, units.Length - 1);
        }
    }
}
