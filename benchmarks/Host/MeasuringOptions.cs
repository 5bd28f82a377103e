using System.Globalization;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Scheduling;
using Bench.Benchmarks.Tuning;

namespace Bench.Benchmarks.Host;

/// <summary>How much is measured: the profile, and what the command line says otherwise.</summary>
internal static class MeasuringOptions
{
    private const int MostBuilds = 20;

    private static readonly TimeSpan DefaultBudget = TimeSpan.FromMinutes(10);

    private static readonly (string Ending, double Seconds)[] Units = [("min", 60), ("ms", 1e-3), ("s", 1), ("h", 3600)];

    /// <param name="given">What stands on the command line.</param>
    /// <param name="profile">The profile; null if there is none of that name.</param>
    /// <param name="loads">The open loads.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>What is measured; null without a profile.</returns>
    public static MeasuringPlan? Read(GivenOptions given, Profile? profile, IReadOnlyList<Load> loads, List<string> faults)
    {
        var (options, result) = given;
        var (launches, builds) = (result.GetValue(options.Launches), result.GetValue(options.Builds));
        var isOpen = loads.Count > 0 || result.GetValue(options.FindRate);
        var (untilText, budgetText) = (result.GetValue(options.Until), result.GetValue(options.Budget));
        if (launches is < 1 or > UntilPrecise.Most)
        {
            faults.Add($"--launches: found {launches}; expected a number from 1 to {UntilPrecise.Most}.");
        }

        if (builds is < 1 or > MostBuilds)
        {
            faults.Add($"--builds: found {builds}; expected a number from 1 to {MostBuilds}.");
        }

        double? until = null;
        if (untilText is { } text)
        {
            until = Share.TryParse(text, ShareRange.Between, out var share) ? share.Value : null;
            if (until is null)
            {
                faults.Add($"--until: found '{text}'; expected {ShareRange.Between}.");
            }
        }

        TimeSpan? budget = null;
        if (budgetText is { } time)
        {
            budget = Time(time);
            if (budget is null || (untilText is null && !isOpen && options.Tune is null))
            {
                faults.Add(budget is null
                    ? $"--budget: found '{time}'; expected a time such as 90s, 10min or 2h."
                    : "--budget: found without --until, --rate and --find-rate; expected one of them: "
                        + "it says how long launches may be added, and how long the measurement of a rate may take.");
            }
        }

        if (untilText is not null && launches is not null)
        {
            faults.Add("--launches: found beside --until, which decides how many there are; expected one of them.");
        }

        var (limit, quantile) = LoadOptions.Limit(given, loads, faults);
        return profile is null ? null : profile.Measuring with
        {
            Rounds = untilText is null ? launches ?? profile.Measuring.Rounds : UntilPrecise.FirstLook,
            Shares = untilText is null
                ? launches ?? profile.Measuring.Shares
                : Math.Min(profile.Measuring.Shares, UntilPrecise.FirstLook),
            Builds = builds ?? 1,
            Until = until,
            BudgetSeconds = options.Tune is not null ? (budget ?? TuneBudget.Default).TotalSeconds
                : until is null && !isOpen ? null
                : (budget ?? DefaultBudget).TotalSeconds,
            LimitMs = limit?.TotalMilliseconds,
            Quantile = limit is null ? null : quantile,
            FindRate = result.GetValue(options.FindRate),
        };
    }

    /// <summary>A time such as <c>90s</c>; null if the text is none.</summary>
    internal static TimeSpan? Time(string text)
    {
        var unit = Array.Find(Units, unit => text.EndsWith(unit.Ending, StringComparison.Ordinal));
        return unit.Ending is not null
            && double.TryParse(text.AsSpan(0, text.Length - unit.Ending.Length).TrimEnd(), NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number)
            && number * unit.Seconds * TimeSpan.TicksPerSecond >= 1 && number * unit.Seconds < TimeSpan.MaxValue.TotalSeconds / 2
                ? TimeSpan.FromSeconds(number * unit.Seconds)
                : null;
    }
}
