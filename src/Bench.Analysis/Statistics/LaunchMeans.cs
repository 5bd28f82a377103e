using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Bench.Analysis.Statistics;

/// <summary>The interval of a mean latency, with the launch as the unit of replication.</summary>
/// <remarks>
/// <para>Iterations of one process share its memory layout and its moment, and neighbours are not independent; so only the means of whole
/// launches count as independent observations, and Student's t with one degree of freedom less than launches says how far the truth may
/// lie. Kalibera and Jones, "Rigorous benchmarking in reasonable time", https://doi.org/10.1145/2491894.2464160.</para>
/// <para>Not a bootstrap over launches: with three of them its "99 %" interval can never leave the range of the three means, and covers
/// the truth three times in four (simulated in LaunchMeansTests).</para>
/// </remarks>
public static class LaunchMeans
{
    /// <summary>The interval of the mean over all launches.</summary>
    /// <param name="launches">The latencies of each launch; none empty.</param>
    /// <param name="level">The confidence, in (0, 1).</param>
    /// <returns>The interval around the mean of launches, or null with fewer than two launches:
    /// then nothing is known of how launches differ.</returns>
    public static ConfidenceInterval? Interval(IReadOnlyList<IReadOnlyList<double>> launches, double level)
    {
        ConfidenceInterval.CheckLevel(level);

        if (launches.Count < 2)
        {
            return null;
        }

        var standardError = launches.Select(launch => launch.Average()).StandardDeviation() / Math.Sqrt(launches.Count);
        var halfWidth = StudentT.InvCDF(0, 1, launches.Count - 1, (1 + level) / 2) * standardError;
        var mean = Of(launches);
        return new ConfidenceInterval(mean - halfWidth, mean + halfWidth, level);
    }

    /// <summary>The mean over random launches: each counts once, however many latencies it has.</summary>
    /// <param name="launches">The latencies of each launch; at least one, none empty.</param>
    /// <returns>The mean of their means.</returns>
    public static double Of(IReadOnlyList<IReadOnlyList<double>> launches) => launches.Average(launch => launch.Average());
}
