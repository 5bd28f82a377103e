using System.Globalization;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Decision;

/// <summary>How candidates, limits and chances stand in sentences.</summary>
internal static class DecisionText
{
    private const decimal LimitDigits = 10_000;
    private const int MostTied = 5;

    public static string Name(Candidate candidate) => $"`{candidate.Measurement}` on {candidate.Hardware}";

    /// <summary>Candidates that are tied with a choice: the first few, and how many more.</summary>
    public static string Tied(IReadOnlyList<Candidate> candidates)
    {
        var names = string.Join(", ", candidates.Take(MostTied)
            .Select(candidate => $"{Name(candidate)} (${Figures.Usd(candidate.Cost.UsdPerMillionImages)})"));
        return candidates.Count <= MostTied ? names : string.Create(
            CultureInfo.InvariantCulture, $"{names} and {candidates.Count - MostTied} more");
    }

    /// <summary>What a choice was asked for: <c>within 20 ms for 30 images a second</c>.</summary>
    public static string Asked(ModelDecision decision)
    {
        var limit = decision.LimitMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $"within {ms} ms") : "without a time limit";
        return decision.ImagesPerSecond is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{limit} for {rate} images a second")
            : limit;
    }

    /// <summary>A limit that suffices, rounded up.</summary>
    public static string Limit(double ms) => Figures.Text((double)(Math.Ceiling((decimal)ms * LimitDigits) / LimitDigits), "0.00##");

    /// <summary>A limit that does not suffice, rounded down.</summary>
    public static string LimitBelow(double ms) => Figures.Text((double)(Math.Floor((decimal)ms * LimitDigits) / LimitDigits), "0.00##");

    /// <summary>A share of the draws: 2,000 of them do not tell 99.9 % from certainty.</summary>
    public static string Chance(double share) =>
        share is > 0.995 and < 1 ? ">99 %" : share is > 0 and < 0.005 ? "<1 %" : Figures.Share(share);

    /// <summary>Where nothing is decided, the candidate that comes nearest to a decision, as a sentence with a space before it.</summary>
    public static string Fastest(JudgedCandidate? undecided, LatencyQuantile quantile, double? limitMs, Func<Candidate, string> name) =>
        undecided is not { Latency.EstimateMs: { } estimate } ? string.Empty
        : $" The fastest is {name(undecided.Candidate)}: its {quantile.Name()} is about {Figures.Ms(estimate)} ms"
            + (estimate > limitMs ? ", beyond the limit by this estimate." : ".");

    /// <summary>What a latency belongs to.</summary>
    public static string OfRequest(int batch) =>
        batch == 1 ? "a request of 1 image" : string.Create(CultureInfo.InvariantCulture, $"a request of {batch} images");
}
