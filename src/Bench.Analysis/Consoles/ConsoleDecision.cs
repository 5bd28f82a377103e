using System.Globalization;
using Bench.Analysis.Decision;
using Bench.Analysis.Rendering;

namespace Bench.Analysis.Consoles;

/// <summary>Writes decisions for a console.</summary>
public static class ConsoleDecision
{
    private const int MostRows = 12;
    private const int MostRemarks = 4;

    /// <summary>Writes decisions in 120 columns.</summary>
    /// <param name="decisions">The decisions.</param>
    /// <param name="width">The most columns of the console that a line takes.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(IReadOnlyList<ModelDecision> decisions, int width = ConsoleText.Width)
    {
        var page = new ConsolePage(width);
        foreach (var decision in decisions)
        {
            page.Append(!page.IsEmpty ? "\n" : string.Empty);
            WriteModel(page, decision);
        }

        page.Append(!page.IsEmpty ? "\n" : string.Empty);
        page.Write("Next", "--html FILE is a page whose fields move the answer; --format markdown says everything; "
            + "--images-per-month N plans a month.");
        return page.ToString();
    }

    private static void WriteModel(ConsolePage page, ModelDecision decision)
    {
        page.Write(decision.Model, Asked(decision), Math.Max(12, decision.Model.Length + 2));
        page.Write("Answer", Answer(decision));
        WriteSteps(page, decision);
        WriteCandidates(page, decision);
        page.Append(decision.Remarks.Count > 0 ? "\n" : string.Empty);
        page.WriteList("Careful", decision.Remarks.Select(remark => PlainText.Of(Figures.Capital(remark))), MostRemarks,
            ": --format markdown");
    }

    private static string Asked(ModelDecision decision) => (decision.LimitMs is { } ms
            ? string.Create(CultureInfo.InvariantCulture, $"{decision.Quantile.Name()} within {ms} ms")
            : $"no limit; limits below are on {decision.Quantile.Name()}")
        + (decision.ImagesPerSecond is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"; {rate} images a second, paid day and night") : string.Empty);

    private static string Answer(ModelDecision decision)
    {
        var what = decision.ImagesPerSecond is null ? "meet the limit" : "meet the limit and hold the rate";
        if (decision.Choice is not { } choice)
        {
            return decision.Candidates.Count == 0 ? "none: no cell of this model has a time and a price."
                : decision.Candidates.All(candidate => !candidate.IsAcceptable)
                    ? "none: no cell is acceptable; --format markdown says why."
                : decision.Outcome == DecisionOutcome.Undecided
                    ? $"undecided: no acceptable cell is shown to {what}, nor that none does."
                        + DecisionText.Fastest(decision.FastestUndecided, decision.Quantile, decision.LimitMs, ConsoleNames.Of)
                : $"none: no acceptable cell is shown to {what}.";
        }

        var latency = choice.LatencyMs is { } ms
            ? $", {Figures.Ms(ms)}{Bounds(choice.Candidate.Latency)} ms at {decision.Quantile.Name()}"
                + OfBatch(choice.Candidate.Cell.Batch)
            : string.Empty;
        var tied = choice.TiedWith.Count == 0 ? string.Empty
            : string.Create(CultureInfo.InvariantCulture,
                $" A tie: nothing tells its cost from that of {ConsoleNames.Of(choice.TiedWith[0])}"
                + $"{(choice.TiedWith.Count > 1 ? $" and {choice.TiedWith.Count - 1} more" : string.Empty)}.");
        var saved = choice is { RunnerUp: { } runnerUp, Saving: { } share }
            ? $" It saves {Figures.Share(share)} against {ConsoleNames.Of(runnerUp)}." : string.Empty;
        var chance = choice.ProbabilityCheapest is { } likely
            ? $" The cheapest in {DecisionText.Chance(likely)} of simulated draws of its times." : string.Empty;
        return $"{ConsoleNames.Of(choice.Candidate)}: ${Figures.Usd(choice.UsdPerMillionImages)} per million images{latency}."
            + $"{tied}{saved}{chance}";
    }

    private static string Bounds(LatencyBound latency) =>
        latency is { LowerMs: { } lower, UpperMs: { } upper } && lower < upper
            ? $" [{Figures.Ms(lower)}, {Figures.Ms(upper)}]" : string.Empty;

    /// <summary>Whether a limit is met, in a word.</summary>
    internal static string Word(Feasibility feasibility) => feasibility switch
    {
        Feasibility.Feasible => "met",
        Feasibility.Infeasible => "missed",
        _ => "undecided",
    };

    private static string OfBatch(int batch) => batch == 1 ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $" for a request of {batch} images");

    private static void WriteSteps(ConsolePage page, ModelDecision decision)
    {
        if (decision.Steps.Count == 0)
        {
            return;
        }

        page.Append('\n');
        var table = new ConsoleTable(
            new("limit", IsNumber: true), new("the cheapest that is shown to meet it", MayBeCut: true), new("ms", IsNumber: true),
            new("$/hour", IsNumber: true, IsOptional: true), new("$/million", IsNumber: true));
        if (decision.NoSolutionBelowMs is { } fastest)
        {
            table.Add($"< {DecisionText.LimitBelow(fastest)} ms", "none", Figures.None, Figures.None, Figures.None);
        }

        if (decision.NoSolutionBelowMs != decision.Steps[0].FromMs)
        {
            table.Add($"< {DecisionText.Limit(decision.Steps[0].FromMs)} ms", "undecided", Figures.None, Figures.None, Figures.None);
        }

        foreach (var step in decision.Steps)
        {
            table.Add($"from {DecisionText.Limit(step.FromMs)} ms", $"{ConsoleNames.Of(step.Cell)} on {step.Hardware}",
                Figures.Ms(step.LatencyMs), Figures.Usd(step.UsdPerHour), Figures.Usd(step.UsdPerMillionImages));
        }

        page.Write(table);
    }

    private static void WriteCandidates(ConsolePage page, ModelDecision decision)
    {
        if (decision.Candidates.Count == 0)
        {
            return;
        }

        page.Append('\n');
        var table = new ConsoleTable(
            new("engine", MayBeCut: true), new("settings", MayBeCut: true), new("precision"), new("machine", MayBeCut: true),
            new($"{decision.Quantile.Name()} ms", IsNumber: true), new("images/s", IsNumber: true, IsOptional: true),
            new("$/million", IsNumber: true),
            new(decision.LimitMs is null && decision.ImagesPerSecond is null ? "may be chosen" : "limit"), new("outputs", MayBeCut: true));
        var ordered = decision.Candidates.OrderByDescending(candidate => candidate.IsAcceptable).ToList();
        foreach (var judged in ordered.Take(MostRows))
        {
            table.Add(
                judged.Cell.Cell.Backend.ToString(), ConsoleNames.Settings(judged.Cell), judged.Cell.Cell.Precision, judged.Hardware,
                Figures.Ms(judged.Latency.EstimateMs), Figures.Text(judged.Throughput.ImagesPerSecond, Figures.RateFormat(
                    judged.Throughput.ImagesPerSecond)), Figures.Usd(judged.Cost.UsdPerMillionImages),
                decision.LimitMs is null && decision.ImagesPerSecond is null ? judged.IsAcceptable ? "yes" : "no"
                    : !judged.IsAcceptable ? Figures.None
                    : Word(judged.Feasibility),
                judged.Outputs.Split(',')[0]);
        }

        page.Write(table);
        var left = ordered.Count - MostRows;
        page.Append(left > 0 ? string.Create(CultureInfo.InvariantCulture, $"and {left} more: --format markdown\n") : string.Empty);
    }
}
