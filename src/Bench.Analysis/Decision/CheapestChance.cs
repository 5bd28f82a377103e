namespace Bench.Analysis.Decision;

/// <summary>How likely each candidate is to be the cheapest that meets the limit, given what is uncertain of times.</summary>
/// <remarks>
/// Times are drawn by <see cref="LatencyDraws"/>. Prices do not vary: a buyer picks a provider, and knows what it asks. Neither do starts.
/// Of what was only published it is not known how uncertain its time is, so that there is no chance where such a candidate could win.
/// </remarks>
internal static class CheapestChance
{
    private const double MillisecondsPerSecond = 1000;

    /// <returns>The chance of each candidate, or null if of one that could win it is not known how uncertain its time is.</returns>
    public static IReadOnlyDictionary<Candidate, double>? Of(IReadOnlyList<Candidate> candidates, DecisionOptions options)
    {
        // What is shown not to meet the limit cannot win, so nothing more need be known of it.
        var rivals = candidates.Where(candidate => DecisionRule.Against(candidate, options) != Feasibility.Infeasible).ToList();
        if (rivals.Count == 0 || rivals.Exists(candidate => !IsKnown(candidate, options)))
        {
            return null;
        }

        var won = new int[candidates.Count];
        for (var draw = 0; draw < options.Draws; draw++)
        {
            if (Cheapest(candidates, draw, options) is { } cheapest)
            {
                won[cheapest]++;
            }
        }

        return candidates.Select((candidate, i) => (candidate, (double)won[i] / options.Draws)).ToDictionary();
    }

    private static int? Cheapest(IReadOnlyList<Candidate> candidates, int draw, DecisionOptions options)
    {
        int? cheapest = null;
        var lowest = double.PositiveInfinity;
        for (var i = 0; i < candidates.Count; i++)
        {
            var candidate = candidates[i];
            var image = candidate.Draws is { } times ? times.ImageMs[draw % times.ImageMs.Length] : candidate.ImageMs;
            var latency = candidate.Draws is { } quantiles
                ? quantiles.QuantileMs[draw % quantiles.QuantileMs.Length]
                : candidate.Latency.EstimateMs;
            var holds = !(options.Cost.ImagesPerSecond * image > MillisecondsPerSecond);
            var usd = options.Cost.UsdPerMillionImages(image, candidate.StartMs, candidate.Price);
            if (holds && !(latency > options.LimitMs) && usd < lowest)
            {
                (cheapest, lowest) = (i, usd);
            }
        }

        return cheapest;
    }

    /// <summary>A single launch says nothing of the next one; a published mean nothing of itself.</summary>
    private static bool IsKnown(Candidate candidate, DecisionOptions options) =>
        candidate.Draws is not null
        && (options.LimitMs is null || candidate.Latency.EstimateMs is not null);

    /// <summary>Cells of one hardware are rented from the same provider; those of a machine with a price of its own share that.</summary>
    internal static string Key(Candidate candidate) =>
        $"{candidate.Hardware}|{candidate.Price.UsdPerHour:R}|{candidate.Price.OnlyWhileWorking}";
}
