using System.Globalization;
using System.Text;
using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Decision;

/// <summary>Writes decisions for people.</summary>
public static class MarkdownDecision
{
    private const double MillisecondsPerSecond = 1000;

    private const string HowToRead =
        "\n## How to read it\n\n"
        + "- From a limit on means: the upper end of the latency's 99 % interval does not exceed it. "
        + "Which latency (mean, P90, P99) is in the heading.\n"
        + "- ms: how long a request waits for its answer, and so each of its images. A request has as many images as its batch.\n"
        + "- images/s: what the machine processes, all streams together.\n"
        + "- feasible, infeasible: shown to meet, or to miss, the limit; undecided: the limit lies within the interval.\n"
        + "- USD per million images: at the cheapest offer; ± from the time's interval; "
        + "in brackets from the cheapest to the dearest provider's price.\n"
        + "- outputs: whether they, or at another precision the quality, are shown to be the same as the reference's; "
        + "a cell of which that is not shown is not acceptable.\n"
        + "- cheapest in: the share of 2,000 simulated draws of times (launches, the same rounds for the cells of a run) in which the "
        + "cell meets the limit and is the cheapest;\n"
        + "  a percent or two are chance. Prices do not vary: a buyer picks a provider (`--provider`). "
        + "Neither do published means and starts.\n";

    private const string Ties =
        "- Costs follow from images/s: what is paid is the time in which the machine works.\n"
        + "- a tie: the 95 % interval of the ratio of costs has 1 in it. "
        + "For cells of two runs it has in it a standard deviation of 5 % a run, because it is not known how\n"
        + "  runs of the same code differ there.\n";

    private const string TiesOfRate =
        "- holds a rate: the lower end of the 99 % interval of images/s does not fall below it. Costs are those of a machine that is paid "
        + "whether it works or not.\n"
        + "- a tie: the same cost. All that one machine can do costs the same; the lowest latency is named, then the fewest streams and "
        + "the smallest batch.\n";

    private const string WouldWin =
        "- would win: below that price of an hour, or that many times faster, it would be the choice, everything else being equal. "
        + "Cells that share the choice's\n"
        + "  price cannot win by it.\n";

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

        return text.Append(HowToRead).Append(cost.ImagesPerSecond is null ? Ties : TiesOfRate).Append(WouldWin).ToString();
    }

    private static void WriteModel(StringBuilder text, ModelDecision decision)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {decision.Model}, limit on the {decision.Quantile.Name()}\n\n");
        WriteChoice(text, decision);
        WriteSteps(text, decision);
        if (decision.Candidates.Count > 0)
        {
            MarkdownCandidates.WriteTo(text, decision);
        }

        WriteList(text, "Chosen at no limit, by the estimates",
            [.. decision.NeverOptimal.Select(one => DecisionText.Name(one) + Chance(decision, one))]);
        WriteList(text, "Pareto front of latency and cost, the fastest first", [.. decision.ParetoFront.Select(DecisionText.Name)]);
        WriteList(text, "Prices of an hour", [.. decision.Candidates.Select(candidate => $"${Figures.Usd(candidate.Price.UsdPerHour)}, "
            + $"{(candidate.Price.Providers.Count > 0 ? string.Empty : $"{candidate.Hardware}: ")}{candidate.Price.Origin}").Distinct()]);
        WriteList(text, "Not acceptable", [.. decision.Candidates.Where(candidate => !candidate.IsAcceptable)
            .Select(candidate => $"{DecisionText.Name(candidate.Candidate)}: {string.Join("; ", candidate.Objections)}")]);
        WriteList(text, "Take care", [.. decision.Remarks.Select(Figures.Capital)]);
    }

    private static void WriteChoice(StringBuilder text, ModelDecision decision)
    {
        var asked = DecisionText.Asked(decision);
        var what = decision.ImagesPerSecond is null ? "meet the limit" : "meet the limit and hold the rate";
        if (decision.Choice is not { } choice)
        {
            text.Append(decision.Candidates.Count == 0 ? "**Nothing to choose from**: no cell of this model has a time and a price.\n"
                : decision.Outcome == DecisionOutcome.Undecided
                    ? $"**Undecided** {asked}: no acceptable cell is shown to {what}, but some may.\n"
                : $"**No solution** {asked}.\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"**Choice** {asked}: {DecisionText.Name(choice.Candidate)}, {Latency(choice)}")
            .Append(CultureInfo.InvariantCulture, $"at ${Figures.Usd(choice.UsdPerHour)} an hour: ")
            .Append(CultureInfo.InvariantCulture, $"${Figures.Usd(choice.UsdPerMillionImages)} per million images.\n")
            .Append(Work(choice, decision.ImagesPerSecond))
            .Append(Tie(choice, decision.ImagesPerSecond))
            .Append(choice is { RunnerUp: { } runnerUp, SavingUsd: { } saving, Saving: { } share }
                ? string.Create(CultureInfo.InvariantCulture,
                    $"It saves ${Figures.Usd(saving)} ({share:0 %}) against the runner-up, {DecisionText.Name(runnerUp)}. ")
                : choice.TiedWith.Count > 0 ? string.Empty
                : $"No other acceptable cell is shown to {what}. ")
            .Append(choice.ProbabilityCheapest is { } chance
                ? $"It is the cheapest in {DecisionText.Chance(chance)} of the draws.\n"
                : "How likely it is the cheapest cannot be said: it is not known how far times are uncertain.\n");
    }

    private static string Latency(Choice choice) => choice.LatencyMs is not { } ms ? string.Empty
        : choice.Candidate.Cell.Batch == 1 ? $"{Figures.Ms(ms)} ms "
        : $"{Figures.Ms(ms)} ms for {DecisionText.OfRequest(choice.Candidate.Cell.Batch)} ";

    private static string Work(Choice choice, double? imagesPerSecond) => imagesPerSecond is not { } rate ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"It can process {choice.Candidate.Throughput.WithInterval()} images a second, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"so that it works {Figures.Share(rate * choice.Candidate.ImageMs / MillisecondsPerSecond)} of the time. ");

    private static string Tie(Choice choice, double? imagesPerSecond) => choice.TiedWith.Count == 0 ? string.Empty
        : imagesPerSecond is null
            ? $"A tie: nothing measured tells its cost from that of {DecisionText.Tied(choice.TiedWith)}; "
                + "the one with the lowest estimate is named. "
            : $"A tie: it costs the same as {DecisionText.Tied(choice.TiedWith)}; the one with the lowest latency is named. ";

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
            table.Add(
                $"below {DecisionText.LimitBelow(fastest)} ms", "no solution", Figures.None, Figures.None, Figures.None, Figures.None);
        }

        if (decision.NoSolutionBelowMs != first)
        {
            table.Add($"below {DecisionText.Limit(first)} ms", "undecided", Figures.None, Figures.None, Figures.None, Figures.None);
        }

        foreach (var step in decision.Steps)
        {
            table.Add($"from {DecisionText.Limit(step.FromMs)} ms", step.Cell.ToString(), step.Hardware, Figures.Usd(step.UsdPerHour),
                Figures.Ms(step.LatencyMs), Figures.Usd(step.UsdPerMillionImages));
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

    private static string Chance(ModelDecision decision, Candidate candidate) =>
        decision.Candidates.First(judged => judged.Candidate == candidate).ProbabilityCheapest is >= 0.005 and var chance
            ? $" (yet the cheapest in {DecisionText.Chance(chance)} of the draws)"
            : string.Empty;
}
