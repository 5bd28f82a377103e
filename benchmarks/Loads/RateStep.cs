using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Loads;

/// <summary>What a search for the highest rate says next.</summary>
internal abstract record RateStep;

/// <summary>A launch is to be made, in a process of its own and with a seed of its own.</summary>
/// <param name="Rate">Requests per second to offer.</param>
/// <param name="Requests">How many requests to count.</param>
/// <param name="IsConfirmation">Whether it decides alone if the rate is met, whatever was found before.</param>
internal sealed record NextProbe(double Rate, long Requests, bool IsConfirmation) : RateStep;

/// <summary>The search has ended. The highest rate that meets the limit is between the ends, as far as is shown.</summary>
/// <param name="Met">The highest rate that was confirmed to meet the limit, in requests per second; null if there is none.</param>
/// <param name="Missed">The lowest rate that was shown to miss it; null if there is none.</param>
/// <param name="Reason">Why it ended.</param>
internal sealed record RateSearchResult(double? Met, double? Missed, RateSearchEnd Reason) : RateStep;
