using System.Globalization;
using System.Text;
using Bench.Analysis.Cost;
using Bench.Analysis.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Decision;

/// <summary>Writes the table of all candidates, the cheapest first.</summary>
internal static class MarkdownCandidates
{
    public static void WriteTo(StringBuilder text, ModelDecision decision)
    {
        text.Append('\n');
        var table = new MarkdownTable(
            "cell", "batch × streams × threads", "hardware", "USD per hour", $"{decision.Quantile.Name()} ms [99 %]", "images/s [99 %]",
            "USD per million images", "metric change", "outputs", "at the limit", "cheapest in", "would win below USD per hour",
            "or this much faster");

        // Where all requests have one image, the heading says enough.
        var hasBatches = decision.Candidates.Any(candidate => candidate.Batch > 1);
        foreach (var candidate in decision.Candidates)
        {
            table.Add(
                candidate.Label,
                Streams(candidate),
                candidate.Hardware,
                Figures.Usd(candidate.Price.UsdPerHour),
                Latency(candidate.Latency) + (hasBatches ? $" of {DecisionText.OfRequest(candidate.Batch)}" : string.Empty),
                candidate.Throughput.WithInterval(),
                candidate.Cost.WithRange(),
                candidate.MetricChange is { } change ? Figures.Change(change) : "unknown",
                candidate.Outputs,
                candidate.IsAcceptable ? AtTheLimit(candidate, decision.ImagesPerSecond) : "not acceptable",
                candidate.ProbabilityCheapest is { } chance ? DecisionText.Chance(chance) : Figures.None,
                candidate.WouldWin?.UsdPerHour is { } price ? Figures.Usd(price) : Figures.None,
                candidate.WouldWin?.SpeedUp is { } speedUp ? Figures.Ratio(speedUp) : Figures.None);
        }

        table.WriteTo(text);
    }

    private static string Streams(JudgedCandidate candidate) => string.Create(
        CultureInfo.InvariantCulture,
        $"{candidate.Batch} × {candidate.Streams} × {candidate.Threads?.ToString(CultureInfo.InvariantCulture) ?? "?"}");

    private static string AtTheLimit(JudgedCandidate candidate, double? imagesPerSecond) =>
        candidate.HoldsRate is null or Feasibility.Feasible
            ? EnumNames.Of(candidate.Feasibility)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{EnumNames.Of(candidate.Feasibility)}: not shown to hold {imagesPerSecond} images/s");

    private static string Latency(LatencyBound latency) => latency switch
    {
        { EstimateMs: { } ms, LowerMs: { } lower, UpperMs: { } upper } =>
            lower == upper ? Figures.Ms(ms) : $"{Figures.Ms(ms)} [{Figures.Ms(lower)}, {Figures.Ms(upper)}]",
        { EstimateMs: { } ms } => $"{Figures.Ms(ms)} [n/a]",
        _ => "n/a",
    };
}
