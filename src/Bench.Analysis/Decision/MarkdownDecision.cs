using System.Globalization;
using System.Text;
using Bench.Analysis.Cost;
using Bench.Analysis.Json;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Decision;

/// <summary>Writes decisions for people.</summary>
public static class MarkdownDecision
{
    private const decimal LimitDigits = 10_000;

    /// <summary>Writes decisions as markdown.</summary>
    /// <param name="decisions">The decisions.</param>
    /// <param name="cost">How times and prices became costs.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(IReadOnlyList<ModelDecision> decisions, CostModel cost)
    {
        var text = new StringBuilder("# What to buy\n");
        if (cost.Describe() is { Length: > 0 } assumptions)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nCosts assume: {assumptions}.\n");
        }

        foreach (var decision in decisions)
        {
            WriteModel(text, decision);
        }

        text.Append(
            "\n## How to read it\n\n"
            + "- From a limit on means: the upper end of the latency's 99 % interval does not exceed it. "
            + "Which latency (mean, P90, P99) is in the heading.\n"
            + "- feasible, infeasible: shown to meet, or to miss, the limit; undecided: the limit lies within the interval.\n"
            + "- USD per million images: at the cheapest offer; ± from the time's interval; "
            + "in brackets from the cheapest to the dearest provider's price.\n"
            + "- outputs: whether they, or at another precision the quality, are shown to be the same as the reference's; "
            + "a cell of which that is not shown is not acceptable.\n"
            + "- cheapest in: the share of 2,000 simulated draws of times (launches, the same rounds for the cells of a run) in which the "
            + "cell meets the limit and is the cheapest;\n"
            + "  a percent or two are chance. Prices do not vary: a buyer picks a provider (`--provider`). "
            + "Neither do published means and starts.\n"
            + "- a tie: the 95 % interval of the ratio of costs has 1 in it. "
            + "For cells of two runs it has in it a standard deviation of 5 % a run, because it is not known how\n"
            + "  runs of the same code differ there.\n"
            + "- would win: below that price of an hour, or that many times faster, it would be the choice, everything else being equal. "
            + "Cells that share the choice's\n"
            + "  price cannot win by it.\n");
        return text.ToString();
    }

    private static void WriteModel(StringBuilder text, ModelDecision decision)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {decision.Model}, limit on the {decision.Quantile.Name()}\n\n");
        WriteChoice(text, decision);
        WriteSteps(text, decision);
        if (decision.Candidates.Count > 0)
        {
            WriteCandidates(text, decision);
        }

        WriteList(
            text, "Chosen at no limit, by the estimates", [.. decision.NeverOptimal.Select(one => Name(one) + Chance(decision, one))]);
        WriteList(text, "Pareto front of latency and cost, the fastest first", [.. decision.ParetoFront.Select(Name)]);
        WriteList(text, "Prices of an hour", [.. decision.Candidates.Select(candidate => $"${Figures.Usd(candidate.Price.UsdPerHour)}, "
            + $"{(candidate.Price.Providers.Count > 0 ? string.Empty : $"{candidate.Hardware}: ")}{candidate.Price.Origin}").Distinct()]);
        WriteList(text, "Not acceptable", [.. decision.Candidates.Where(candidate => !candidate.IsAcceptable)
            .Select(candidate => $"{Name(candidate.Candidate)}: {string.Join("; ", candidate.Objections)}")]);
        WriteList(text, "Take care", [.. decision.Remarks.Select(Figures.Capital)]);
    }

    private static void WriteChoice(StringBuilder text, ModelDecision decision)
    {
        var limit = decision.LimitMs is { } ms ? string.Create(CultureInfo.InvariantCulture, $"within {ms} ms") : "without a time limit";
        if (decision.Choice is not { } choice)
        {
            text.Append(decision.Candidates.Count == 0 ? "**Nothing to choose from**: no cell of this model has a time and a price.\n"
                : decision.Outcome == DecisionOutcome.Undecided
                    ? $"**Undecided** {limit}: no acceptable cell is shown to meet the limit, but some may.\n"
                : $"**No solution** {limit}.\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture,
            $"**Choice** {limit}: {Name(choice.Candidate)}, "
            + $"{Figures.Ms(choice.LatencyMs)} ms at ${Figures.Usd(choice.UsdPerHour)} an hour: ");
        text.Append(CultureInfo.InvariantCulture, $"${Figures.Usd(choice.UsdPerMillionImages)} per million images.\n");
        text.Append(choice.TiedWith.Count > 0
            ? $"A tie: nothing measured tells its cost from that of "
                + $"{string.Join(", ", choice.TiedWith.Select(Tied))}; the one with the lowest estimate is named. "
            : string.Empty);
        text.Append(choice is { RunnerUp: { } runnerUp, SavingUsd: { } saving, Saving: { } share }
            ? string.Create(
                CultureInfo.InvariantCulture, $"It saves ${Figures.Usd(saving)} ({share:0 %}) against the runner-up, {Name(runnerUp)}. ")
            : choice.TiedWith.Count > 0 ? string.Empty
            : "No other acceptable cell is shown to meet the limit. ");
        text.Append(choice.ProbabilityCheapest is { } chance
            ? $"It is the cheapest in {Chance(chance)} of the draws.\n"
            : "How likely it is the cheapest cannot be said: it is not known how far times are uncertain.\n");
    }

    private static void WriteSteps(StringBuilder text, ModelDecision decision)
    {
        if (decision.Steps.Count == 0)
        {
            text.Append(decision.Candidates.Count == 0 ? string.Empty : "\nNo acceptable cell is shown to meet any limit.\n");
            return;
        }

        text.Append('\n');
        var table = new MarkdownTable("limit", "cheapest acceptable cell", "hardware", "USD per hour", "ms", "USD per million images");
        var first = decision.Steps[0].FromMs;
        if (decision.NoSolutionBelowMs is { } fastest)
        {
            // What is shown not to suffice is rounded down, what is shown to suffice up.
            table.Add($"below {Figures.Text((double)(Math.Floor((decimal)fastest * LimitDigits) / LimitDigits), "0.00##")} ms",
                "no solution", Figures.None, Figures.None, Figures.None, Figures.None);
        }

        if (decision.NoSolutionBelowMs != first)
        {
            table.Add($"below {Limit(first)} ms", "undecided", Figures.None, Figures.None, Figures.None, Figures.None);
        }

        foreach (var step in decision.Steps)
        {
            table.Add($"from {Limit(step.FromMs)} ms", step.Cell.ToString(), step.Hardware, Figures.Usd(step.UsdPerHour),
                Figures.Ms(step.LatencyMs), Figures.Usd(step.UsdPerMillionImages));
        }

        table.WriteTo(text);
    }

    private static void WriteCandidates(StringBuilder text, ModelDecision decision)
    {
        text.Append('\n');
        var table = new MarkdownTable(
            "cell", "hardware", "USD per hour", $"{decision.Quantile.Name()} ms [99 %]", "USD per million images", "metric change",
            "outputs", "at the limit", "cheapest in", "would win below USD per hour", "or this much faster");
        foreach (var candidate in decision.Candidates)
        {
            table.Add(
                candidate.Label,
                candidate.Hardware,
                Figures.Usd(candidate.Price.UsdPerHour),
                Latency(candidate.Latency),
                candidate.Cost.WithRange(),
                candidate.MetricChange is { } change ? Figures.Change(change) : "unknown",
                candidate.Outputs,
                candidate.IsAcceptable ? EnumNames.Of(candidate.Feasibility) : "not acceptable",
                candidate.ProbabilityCheapest is { } chance ? Chance(chance) : Figures.None,
                candidate.WouldWin?.UsdPerHour is { } price ? Figures.Usd(price) : Figures.None,
                candidate.WouldWin?.SpeedUp is { } speedUp ? Figures.Ratio(speedUp) : Figures.None);
        }

        table.WriteTo(text);
    }

    private static void WriteList(StringBuilder text, string title, IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{title}:\n");
        foreach (var item in items)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {item}\n");
        }
    }

    private static string Name(Candidate candidate) => $"`{candidate.Measurement}` on {candidate.Hardware}";

    private static string Tied(Candidate candidate) => $"{Name(candidate)} (${Figures.Usd(candidate.Cost.UsdPerMillionImages)})";

    private static string Limit(double ms) => Figures.Text((double)(Math.Ceiling((decimal)ms * LimitDigits) / LimitDigits), "0.00##");

    private static string Chance(ModelDecision decision, Candidate candidate) =>
        decision.Candidates.First(judged => judged.Candidate == candidate).ProbabilityCheapest is >= 0.005 and var chance
            ? $" (yet the cheapest in {Chance(chance)} of the draws)"
            : string.Empty;

    private static string Latency(LatencyBound latency) => latency switch
    {
        { EstimateMs: { } ms, LowerMs: { } lower, UpperMs: { } upper } =>
            lower == upper ? Figures.Ms(ms) : $"{Figures.Ms(ms)} [{Figures.Ms(lower)}, {Figures.Ms(upper)}]",
        { EstimateMs: { } ms } => $"{Figures.Ms(ms)} [n/a]",
        _ => "n/a",
    };

    // 2,000 draws do not tell 99.9 % from certainty.
    private static string Chance(double share) =>
        share is > 0.995 and < 1 ? ">99 %" : share is > 0 and < 0.005 ? "<1 %" : Figures.Share(share);
}
