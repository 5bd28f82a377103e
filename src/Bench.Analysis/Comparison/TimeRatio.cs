using Bench.Analysis.Exports;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.Resampling;
using Bench.Analysis.Statistics.TwoSamples;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Comparison;

/// <summary>By what factor the current side takes longer than the base.</summary>
/// <param name="BaseNs">The base's time of one operation in ns: the median of what stands for its launches.</param>
/// <param name="CurrentNs">The same of the current side.</param>
/// <param name="Ratio">Current over base; above 1 is slower. NaN if the base takes no time at all.</param>
/// <param name="Interval">The interval of the ratio; null where nothing is known of how repeated measurements differ.</param>
/// <param name="Evidence">What the interval rests on.</param>
public sealed record TimeRatio(double BaseNs, double CurrentNs, double Ratio, ConfidenceInterval? Interval, Evidence Evidence)
{
    // With four values a side a distribution-free 95 % interval exists for the first time: 2 / C(8, 4) = 2.9 %.
    private const int MinimumLaunches = 4;

    /// <summary>Compares two measured benchmarks.</summary>
    /// <param name="baseline">The base; it has times.</param>
    /// <param name="current">The current side; it has times.</param>
    /// <param name="statistic">What stands for a launch.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <param name="control">Cells that cannot have changed; null for none.</param>
    /// <returns>The ratio; with control cells, what is left of it once theirs is taken out.</returns>
    internal static TimeRatio Of(SideBenchmark baseline, SideBenchmark current, TimeStatistic statistic, double level, ControlCells? control = null)
    {
        if (baseline.Summary is not null || current.Summary is not null)
        {
            return OfSummaries(SummaryOf(baseline), SummaryOf(current), level);
        }

        var ofLaunches = Math.Min(baseline.Launches.Count, current.Launches.Count) > 1;
        if (!ofLaunches && statistic == TimeStatistic.Mean)
        {
            return OfIterations(baseline, current, level);
        }

        var from = Units(baseline, statistic, ofLaunches);
        var to = Units(current, statistic, ofLaunches);
        var (baseNs, currentNs) = (from.Median(), to.Median());
        if (from.Concat(to).Any(time => time <= 0))
        {
            // Less than the overhead of measuring: no ratio has a meaning.
            return new TimeRatio(baseNs, currentNs, double.NaN, null, Evidence.None);
        }

        if (control is not null)
        {
            from = control.TakeOut(from, baseline, statistic, ofBase: true);
            to = control.TakeOut(to, current, statistic, ofBase: false);
        }

        var fewest = Math.Min(from.Length, to.Length);
        var estimate = fewest >= MinimumLaunches ? HodgesLehmannRatio.Estimate(from, to, level)
            : fewest > 1 ? Welch.Ratio(from, to, level)
            : new RatioEstimate(to.Median() / from.Median(), null);
        var evidence = estimate.Interval is null ? Evidence.None
            : !ofLaunches ? Evidence.Iterations
            : fewest >= MinimumLaunches ? Evidence.Launches : Evidence.FewLaunches;
        return new TimeRatio(baseNs, currentNs, estimate.Ratio, estimate.Interval, evidence);
    }

    /// <summary>What counts as independent: launches; or, where a side has one, as many neighbouring iterations taken together as depend on each other.</summary>
    private static double[] Units(SideBenchmark benchmark, TimeStatistic statistic, bool ofLaunches)
    {
        if (ofLaunches)
        {
            return [.. benchmark.Launches.Select(launch => OfLaunch(launch, statistic))];
        }

        var length = BlockLength.Of(benchmark.Launches);
        return [.. benchmark.Launches.SelectMany(launch => launch.Chunk(length).Where(block => block.Length == length).Select(block => block.Average()))];
    }

    /// <summary>What stands for a launch.</summary>
    internal static double OfLaunch(IReadOnlyList<double> launch, TimeStatistic statistic) => statistic == TimeStatistic.Median ? launch.Median() : launch.Average();

    /// <summary>The means of iterations, where a side has a single launch: drawn anew in blocks, since a few slow ones may be what differs.</summary>
    private static TimeRatio OfIterations(SideBenchmark baseline, SideBenchmark current, double level)
    {
        double[] from = [.. baseline.Launches.SelectMany(launch => launch)];
        double[] to = [.. current.Launches.SelectMany(launch => launch)];
        var (before, now) = (from.Average(), to.Average());
        return from.Concat(to).Any(time => time <= 0) ? new TimeRatio(before, now, double.NaN, null, Evidence.None)
            : Math.Min(from.Length, to.Length) < 2 ? new TimeRatio(before, now, now / before, null, Evidence.None)
            : new TimeRatio(before, now, now / before, TwoLevelBootstrap.RatioOfMeans([from], [to], new BootstrapOptions { Level = level }).Interval, Evidence.Iterations);
    }

    private static TimeRatio OfSummaries(Summarized baseline, Summarized current, double level)
    {
        if (baseline.MeanNs <= 0 || current.MeanNs <= 0)
        {
            return new TimeRatio(baseline.MeanNs, current.MeanNs, double.NaN, null, Evidence.None);
        }

        var estimate = Welch.Ratio(
            Math.Log(baseline.MeanNs), baseline.RelativeVariance, baseline.DegreesOfFreedom, Math.Log(current.MeanNs), current.RelativeVariance, current.DegreesOfFreedom, level);
        return new TimeRatio(baseline.MeanNs, current.MeanNs, estimate.Ratio, estimate.Interval, estimate.Interval is null ? Evidence.None : Evidence.Summary);
    }

    private static Summarized SummaryOf(SideBenchmark benchmark)
    {
        if (benchmark.Summary is { } summary)
        {
            return Summarized.Of(summary);
        }

        // Launches are what is independent, or else as many neighbouring iterations as depend on each other.
        var units = Units(benchmark, TimeStatistic.Mean, benchmark.Launches.Count > 1);
        var mean = benchmark.Launches.SelectMany(launch => launch).Average();
        return new Summarized(mean, units.Length > 1 ? units.Variance() / units.Length / (mean * mean) : 0, units.Length - 1);
    }

    /// <summary>A mean with the square of its relative standard error.</summary>
    private sealed record Summarized(double MeanNs, double RelativeVariance, double DegreesOfFreedom)
    {
        // BenchmarkDotNet's "Error" is half of the 99.9 % interval.
        private const double PrintedTail = 0.9995;

        // As good as the normal distribution, and the cautious guess where the deviation is not printed.
        private const int MaximumDegrees = 1000;

        /// <summary>How many iterations there were is not printed, but half-width over deviation is Student's quantile over the root of their number.</summary>
        public static Summarized Of(ExportedSummary summary)
        {
            if (summary.HalfWidthNs is not { } halfWidth)
            {
                return new Summarized(summary.MeanNs, 0, 0);
            }

            var degrees = summary.DeviationNs is > 0 and var deviation && halfWidth > 0 ? DegreesOf(halfWidth / deviation) : MaximumDegrees;
            var error = halfWidth / StudentT.InvCDF(0, 1, degrees, PrintedTail);

            // What was rounded away is spread evenly over the last printed digit.
            var rounding = summary.ResolutionNs * summary.ResolutionNs / 12;
            return new Summarized(summary.MeanNs, ((error * error) + rounding) / (summary.MeanNs * summary.MeanNs), degrees);
        }

        private static double DegreesOf(double ratio)
        {
            var count = 2;
            while (count < MaximumDegrees && StudentT.InvCDF(0, 1, count - 1, PrintedTail) / Math.Sqrt(count) > ratio)
            {
                count++;
            }

            return count - 1;
        }
    }
}
