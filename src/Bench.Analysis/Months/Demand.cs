using System.Globalization;

namespace Bench.Analysis.Months;

/// <summary>What has to be processed in a month.</summary>
public sealed record Demand
{
    private const double SecondsPerHour = 3600;
    private const double MostImages = 1e15;
    private const double HighestPeak = 1e6;

    /// <summary>Images a month; where volumes are counted, of one model, so many windows.</summary>
    public required double ImagesPerMonth { get; init; }

    /// <summary>When they arrive.</summary>
    public WorkHours Hours { get; init; } = WorkHours.Always;

    /// <summary>How many times the mean rate arrives when most do; 1 or more.</summary>
    public double PeakFactor { get; init; } = 3;

    /// <summary>How many arrive together: 1, or the windows of a volume. A request of more has to wait for others.</summary>
    public long Together { get; init; } = 1;

    /// <summary>Images a second, on average over the hours in which they arrive.</summary>
    public double MeanRate => ImagesPerMonth / (Hours.PerMonth * SecondsPerHour);

    /// <summary>Images a second when most arrive.</summary>
    public double PeakRate => MeanRate * PeakFactor;

    /// <exception cref="ArgumentException">A number is out of range; all faults are named.</exception>
    internal void Check()
    {
        var faults = new List<string>();
        if (!(ImagesPerMonth is >= 1 and <= MostImages))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"found {ImagesPerMonth} images a month; expected 1 to {MostImages:0e0}"));
        }

        if (!(PeakFactor is >= 1 and <= HighestPeak))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture, $"found a peak of {PeakFactor} times the mean; expected 1 to {HighestPeak:0e0}"));
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"Month: {string.Join("; ", faults)}.");
        }
    }
}
