using Bench.Analysis.Cost;
using MathNet.Numerics.Random;

namespace Bench.Analysis.Decision;

/// <summary>How likely each candidate is to be the cheapest that meets the limit, given what is uncertain of times and of prices.</summary>
/// <remarks>
/// Times are drawn as the two-level bootstrap draws them, prices as those of a provider picked at random, the same for all cells of a hardware.
/// What is not known to be uncertain, such as a published mean or a given price, does not vary. Neither do starts.
/// </remarks>
internal static class CheapestChance
{
    /// <returns>The chance of each candidate, or null if nothing is known to be uncertain, or if of some candidate it is not known how uncertain it is.</returns>
    public static IReadOnlyDictionary<Candidate, double>? Of(IReadOnlyList<Candidate> candidates, DecisionOptions options)
    {
        var isNothingUncertain = candidates.All(candidate => candidate.Draws is null && candidate.Price.Providers.Count < 2);
        var isUnknown = candidates.Any(candidate => (candidate.Draws is null && !candidate.IsPublished) || (options.LimitMs is not null && candidate.Latency.EstimateMs is null));
        if (isNothingUncertain || isUnknown)
        {
            return null;
        }

        var random = new Xoshiro256StarStar(options.Seed, threadSafe: false);
        var won = new int[candidates.Count];
        var prices = candidates.Select(candidate => candidate.Price).DistinctBy(Key).ToList();
        var drawn = new Dictionary<string, double>();
        for (var draw = 0; draw < options.Draws; draw++)
        {
            foreach (var price in prices)
            {
                drawn[Key(price)] = price.Providers.Count == 0 ? price.UsdPerHour : price.Providers[random.Next(price.Providers.Count)].UsdPerHour;
            }

            if (Cheapest(candidates, drawn, draw, options) is { } cheapest)
            {
                won[cheapest]++;
            }
        }

        return candidates.Select((candidate, i) => (candidate, (double)won[i] / options.Draws)).ToDictionary();
    }

    private static int? Cheapest(IReadOnlyList<Candidate> candidates, Dictionary<string, double> prices, int draw, DecisionOptions options)
    {
        int? cheapest = null;
        var lowest = double.PositiveInfinity;
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            var mean = candidate.Draws is { } means ? means.MeanMs[draw % means.MeanMs.Length] : candidate.MeanMs;
            var latency = candidate.Draws is { } quantiles ? quantiles.QuantileMs[draw % quantiles.QuantileMs.Length] : candidate.Latency.EstimateMs;
            var usd = options.Cost.UsdPerMillionImages(mean, candidate.StartMs, prices[Key(candidate.Price)], candidate.Price.OnlyWhileWorking);
            if (!(latency > options.LimitMs) && usd < lowest)
            {
                (cheapest, lowest) = (i, usd);
            }
        }

        return cheapest;
    }

    // Cells of one hardware are rented from the same provider.
    internal static string Key(HourlyPrice price) => $"{price.Hardware}|{price.UsdPerHour:R}|{price.OnlyWhileWorking}";
}
