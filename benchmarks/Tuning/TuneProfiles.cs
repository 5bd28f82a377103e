using Bench.Benchmarks.Configs;

namespace Bench.Benchmarks.Tuning;

/// <summary>How much the three parts of a search measure.</summary>
internal static class TuneProfiles
{
    private const double P99 = 0.99;

    // P99 has a bound with so many launches: docs of --limit.
    private const int LaunchesForP99 = 20;

    /// <summary>How long launches under an open load may take at least, of each configuration.</summary>
    public const double FewestOpenSeconds = 180;

    // What is chosen may be slower, or have more streams, than what was looked at.
    private const double OpenMargin = 1.5;

    // No launch of the search has a share of the evaluation images: what its outputs are worth is known before.
    private const int NoShares = 1 << 20;

    /// <summary>All evaluation images once, of every precision of every engine.</summary>
    public static Profile Quality(Profile asked) => asked with
    {
        Measuring = asked.Measuring with
        {
            Rounds = 1,
            Shares = 1,
            WarmupRequests = 2,
            WarmupSeconds = 0.2,
            Requests = 10,
            DeviceSeconds = 0.2,
        },
    };

    /// <summary>Short launches, for telling configurations apart.</summary>
    public static Profile Search(Profile asked) => asked with
    {
        Measuring = asked.Measuring with
        {
            Rounds = 1,
            Shares = NoShares,
            IsQuick = true,
            WarmupRequests = 3,
            WarmupSeconds = Math.Min(0.3, asked.Measuring.WarmupSeconds),
            // Latencies need not be quiet: what is chosen is measured again.
            LongestWarmupSeconds = Math.Min(1.5, asked.Measuring.LongestWarmupSeconds),
            Requests = Math.Min(20, asked.Measuring.Requests),
            DeviceSeconds = Math.Min(0.3, asked.Measuring.DeviceSeconds),
        },
    };

    /// <summary>Fresh launches, as long as those of the profile that was asked for.</summary>
    /// <param name="asked">The profile.</param>
    /// <param name="launches">How many launches each has.</param>
    /// <param name="openSeconds">How long the launches of a configuration may take in which requests arrive at random moments; null where
    /// nobody asks for them.</param>
    public static Profile Confirmation(Profile asked, int launches, double? openSeconds) => asked with
    {
        Measuring = asked.Measuring with
        {
            Rounds = launches,
            Shares = Math.Min(launches, asked.Measuring.Shares),
            BudgetSeconds = openSeconds,
        },
    };

    /// <summary>How long the launches of a configuration may take in which requests arrive at random moments.</summary>
    /// <param name="lookedSeconds">How long those would of what was looked at.</param>
    /// <returns>Seconds.</returns>
    public static double OpenBudgetSeconds(double lookedSeconds) => Math.Max(FewestOpenSeconds, OpenMargin * lookedSeconds);

    /// <summary>How many fresh launches there are.</summary>
    /// <param name="asked">The profile, with the limit.</param>
    /// <param name="launches">How many the user named; null for none.</param>
    public static int Confirmations(Profile asked, int? launches) => Math.Max(
        TuneSettings.FewestConfirmations,
        launches ?? (asked.Measuring.Quantile >= P99 ? LaunchesForP99 : new TuneSettings().Confirmations));
}
