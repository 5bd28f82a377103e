namespace Bench.Analysis.Decision;

/// <summary>What would make a loser the choice: a lower price of its machine, or a higher speed.</summary>
internal static class WouldWinRule
{
    /// <returns>What would; null if its latency or speed is not known well enough to say.</returns>
    public static WouldWin? Of(Candidate loser, Candidate? choice, DecisionOptions options)
    {
        var meetsLimit = DecisionRule.Against(loser, options) == Feasibility.Feasible;
        var forLimit = options.LimitMs is { } limit && loser.Latency.Against(limit) != Feasibility.Feasible
            ? loser.Latency.UpperMs / limit
            : 1;
        var forTime = forLimit is { } needed && RateRule.SpeedUp(loser, options) is { } forRate ? Math.Max(needed, forRate) : (double?)null;
        if (choice is null)
        {
            return forTime is { } alone ? new WouldWin(null, alone) : null;
        }

        return new WouldWin(
            meetsLimit && !SharePrice(loser, choice) ? loser.Price.UsdPerHour * Usd(choice) / Usd(loser) : null,
            ForCost(loser, choice, options) is { } cost && forTime is { } time ? Math.Max(1, Math.Max(cost, time)) : null);
    }

    /// <summary>How many times faster a candidate must be to cost no more than the choice; null if no speed is enough.</summary>
    private static double? ForCost(Candidate loser, Candidate choice, DecisionOptions options)
    {
        if (options.Cost.ImagesPerSecond is not null)
        {
            // A faster machine is idle for longer, and costs the same.
            return Usd(loser) < Usd(choice) ? 1 : null;
        }

        var mean = (Usd(choice) / options.Cost.UsdPerMillionPerMs(loser.Price.UsdPerHour, loser.Price.OnlyWhileWorking))
            - options.Cost.StartMsPerImage(loser.StartMs);
        return mean > 0 ? loser.ImageMs / mean : null;
    }

    private static double Usd(Candidate candidate) => candidate.Cost.UsdPerMillionImages;

    // A change of their price changes both.
    private static bool SharePrice(Candidate loser, Candidate choice) => CheapestChance.Key(loser) == CheapestChance.Key(choice);
}
