using System.Text.Json.Serialization;
using Bench.Analysis.Json;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Comparison;

/// <summary>What of a cell's time is compared.</summary>
[JsonConverter(typeof(EnumNames<TimeSubject>))]
public enum TimeSubject
{
    /// <summary>The median of a launch: what is typical, whatever disturbs a few requests.</summary>
    Typical,

    /// <summary>The mean of a launch: what a million images cost.</summary>
    Mean,

    /// <summary>What nine in ten requests do not exceed.</summary>
    P90,

    /// <summary>What 99 in 100 requests do not exceed.</summary>
    P99,
}

/// <summary>What one number stands for a launch.</summary>
internal static class TimeSubjects
{
    private const int RequestsForP90 = 10;
    private const int RequestsForP99 = 1000;
    private const int LaunchesForP99 = 44;

    /// <summary>What the subject is called in texts.</summary>
    public static string Name(this TimeSubject subject) => subject switch
    {
        TimeSubject.Typical => "time",
        TimeSubject.Mean => "mean time",
        _ => subject.ToString(),
    };

    /// <summary>Whether it is a tail, for which twice the threshold counts.</summary>
    public static bool IsTail(this TimeSubject subject) => subject is TimeSubject.P90 or TimeSubject.P99;

    /// <summary>The number that stands for a launch.</summary>
    public static double Of(this TimeSubject subject, IReadOnlyList<double> launch) => subject switch
    {
        TimeSubject.Typical => Quantiles.Median(launch),
        TimeSubject.Mean => launch.Average(),
        TimeSubject.P90 => HarrellDavis.Quantile(launch, 0.9),
        _ => HarrellDavis.Quantile(launch, 0.99),
    };

    /// <summary>The subjects that two sides carry: of benchmarks whose iterations are many operations, no tails;
    /// P99 only with enough requests or launches.</summary>
    public static IEnumerable<TimeSubject> CarriedBy(SideBenchmark baseline, SideBenchmark current)
    {
        if (baseline.Summary is not null || current.Summary is not null)
        {
            return [TimeSubject.Mean];
        }

        var sides = new[] { baseline, current };
        var launches = sides.Min(side => side.Launches.Count);
        var requests = sides.Min(side => side.Launches.Min(launch => launch.Count));
        var isCell = baseline.IsOfRequests && current.IsOfRequests;
        return
        [
            TimeSubject.Typical,
            TimeSubject.Mean,
            .. isCell && launches > 1 && requests >= RequestsForP90 ? [TimeSubject.P90] : Array.Empty<TimeSubject>(),
            .. isCell && launches > 1 && (requests >= RequestsForP99 || launches >= LaunchesForP99)
                ? [TimeSubject.P99]
                : Array.Empty<TimeSubject>(),
        ];
    }
}
