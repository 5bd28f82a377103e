namespace Bench.Benchmarks.Tuning;

/// <summary>How the time of a search is divided: what is confirmed is never cut.</summary>
/// <param name="Total">All of it.</param>
internal sealed record TuneBudget(TimeSpan Total)
{
    /// <summary>The time of a search where nobody says.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromMinutes(20);

    // What a process takes before it measures, and a short launch; before anything was measured nobody knows better.
    private const double ShortLaunchSeconds = 1.5;
    private const double LongLaunchSeconds = 3;

    /// <summary>The least time in which something can be claimed: a launch of every configuration, and fresh ones of some.</summary>
    /// <param name="configurations">How many configurations there are.</param>
    /// <param name="fresh">How many fresh launches there will be, all together.</param>
    public static TimeSpan Least(int configurations, int fresh) =>
        TimeSpan.FromSeconds((configurations * ShortLaunchSeconds) + (fresh * LongLaunchSeconds));

    /// <summary>The seconds that are left for the search.</summary>
    /// <param name="spent">What has passed.</param>
    /// <param name="confirmationSeconds">How long the fresh launches of the end take.</param>
    public double SearchSeconds(TimeSpan spent, double confirmationSeconds) =>
        Math.Max(1, (Total - spent).TotalSeconds - confirmationSeconds);
}
