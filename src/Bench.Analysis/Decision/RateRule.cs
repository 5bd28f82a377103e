namespace Bench.Analysis.Decision;

/// <summary>Whether one machine holds a rate of images, and which of several that cost the same is named.</summary>
internal static class RateRule
{
    private const double MillisecondsPerSecond = 1000;

    // Costs of one machine are computed alike, but prices are products.
    private const double RoundOff = 1e-9;

    /// <summary>Whether a candidate processes as many images a second as are asked for; without a rate every candidate does.</summary>
    /// <returns>The answer: feasible if the lower end of the 99 % interval holds the rate, infeasible if the upper end does not. Published
    /// means are taken as they stand.</returns>
    public static Feasibility Against(Candidate candidate, DecisionOptions options)
    {
        if (options.Cost.ImagesPerSecond is not { } rate)
        {
            return Feasibility.Feasible;
        }

        // Times rather than rates: the slowest that launches may be is known also where the fastest is not.
        var longest = MillisecondsPerSecond / rate;
        var (shortestMs, longestMs) = candidate.IsPublished
            ? (candidate.ImageMs, candidate.ImageMs)
            : (candidate.Throughput.ImageInterval?.Lower, candidate.Throughput.ImageInterval?.Upper);
        return longestMs <= longest ? Feasibility.Feasible : shortestMs > longest ? Feasibility.Infeasible : Feasibility.Undecided;
    }

    /// <summary>Both answers as one.</summary>
    public static Feasibility Both(Feasibility one, Feasibility other) =>
        one == Feasibility.Infeasible || other == Feasibility.Infeasible ? Feasibility.Infeasible
        : one == Feasibility.Undecided || other == Feasibility.Undecided ? Feasibility.Undecided
        : Feasibility.Feasible;

    /// <summary>The order in which candidates are looked at: the cheapest first; of those that cost the same at a rate of images the one
    /// with the lowest latency, the fewest streams, the smallest batch.</summary>
    public static List<Candidate> Order(IReadOnlyList<Candidate> candidates, DecisionOptions options)
    {
        var byCost = candidates.OrderBy(candidate => candidate.Cost.UsdPerMillionImages);
        var ordered = options.Cost.ImagesPerSecond is null ? byCost : byCost
            .ThenBy(candidate => candidate.Latency.EstimateMs ?? double.PositiveInfinity)
            .ThenBy(candidate => candidate.Cell.Streams)
            .ThenBy(candidate => candidate.Cell.Batch);
        return [.. ordered.ThenBy(candidate => candidate.Label, StringComparer.Ordinal)];
    }

    /// <summary>Whether two machines cost the same for a rate of images. Nothing of that is uncertain: both are paid by the hour.</summary>
    public static bool IsTie(Candidate one, Candidate other) =>
        other.Cost.UsdPerMillionImages <= one.Cost.UsdPerMillionImages * (1 + RoundOff);

    /// <summary>How many times faster a candidate must be to be shown to hold the rate; null if its launches do not say how fast it is.
    /// 1 if it holds it.</summary>
    public static double? SpeedUp(Candidate candidate, DecisionOptions options) =>
        Against(candidate, options) == Feasibility.Feasible ? 1
        : (candidate.IsPublished ? candidate.ImageMs : candidate.Throughput.ImageInterval?.Upper)
            * options.Cost.ImagesPerSecond / MillisecondsPerSecond;
}
