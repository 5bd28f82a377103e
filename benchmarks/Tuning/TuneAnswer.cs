using Bench.Analysis.Consoles;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using static System.FormattableString;

namespace Bench.Benchmarks.Tuning;

/// <summary>What is said of a search in the end.</summary>
/// <param name="Choice">What was found.</param>
/// <param name="Field">What was searched.</param>
/// <param name="Claim">What fresh launches show.</param>
/// <param name="Chosen">What is chosen.</param>
/// <param name="Row">Its fresh measurement.</param>
/// <param name="Standard">That of the default.</param>
internal sealed record TuneAnswer(
    TuneChoice Choice, TuneField Field, TuneClaim Claim, TuneCandidate Chosen, MeasurementRow Row, MeasurementRow Standard)
{
    private const int EquallyGoodNamed = 4;

    /// <summary>The limit; null for none.</summary>
    public TuneLimit? Limit { get; init; }

    /// <summary>Why its outputs are not accepted, by fresh launches; null if they are.</summary>
    public string? WhyNotAccepted { get; init; }

    /// <summary>What is shown.</summary>
    public TuneOutcome Outcome => Chosen.IsDefault || WhyNotShown is not null ? TuneOutcome.NotShown
        // It need not be cheaper than what does not answer in time.
        : Claim.IsImprovement || Limit is { DefaultMeets: false } ? TuneOutcome.Improved
        : TuneOutcome.NotShown;

    /// <summary>One line on what was chosen.</summary>
    public string Title => $"{Row.CellId.Model}: {Name(Chosen.Cell)}, found by tune"
        + (Limit is { } limit ? $" for {limit}" : string.Empty);

    /// <summary>Why what was chosen is no improvement, whatever it costs; null if its cost decides.</summary>
    public string? WhyNotShown => WhyNotAccepted is { } why ? why
        : Limit is null || Chosen.IsDefault ? null
        : Meets switch
        {
            false => $"it misses {Limit} in fresh launches",
            null => $"whether it meets {Limit} is not shown",
            _ => null,
        };

    private bool? Meets => Limit?.Meets;

    /// <summary>What is said where nothing meets the limit.</summary>
    /// <param name="limit">What is not met, in words.</param>
    /// <param name="choice">What was found: no winner.</param>
    public static string Nothing(string limit, TuneChoice choice)
    {
        var (shown, seeming) = (choice.Points.Count(point => point.IsShownOver),
            choice.Points.Count(point => point is { IsShownOver: false, IsOver: true }));
        var failed = choice.Points.Count - shown - seeming;
        return ConsoleText.Wrapped(Invariant($"Nothing meets {limit}: ")
            + Invariant($"{(shown == choice.Points.Count ? "all of " : $"{shown} of ")}{choice.Points.Count} configurations are shown ")
            + "to take longer"
            + (seeming > 0 ? Invariant($", {seeming} seem{(seeming == 1 ? "s" : string.Empty)} to, by fewer launches") : string.Empty)
            + $"{(failed > 0 ? Invariant($", {failed} failed") : string.Empty)}. The quickest: "
            + string.Join("; ", choice.Points.Where(point => point.LatencyMs is not null).OrderBy(point => point.LatencyMs)
                .Take(EquallyGoodNamed).Select(point => Invariant($"{Name(point.Candidate.Cell)}, {point.LatencyMs:0.##} ms"))) + ".");
    }

    /// <summary>The answer for a console.</summary>
    /// <param name="log">What was written down.</param>
    /// <param name="written">The settings.</param>
    /// <param name="folders">The run's folders.</param>
    /// <param name="width">The most columns of a line.</param>
    public string Write(TuneRecord log, TuneWritten written, TuneFolders folders, int width)
    {
        var page = new ConsolePage(width);
        page.Write("Tuned", $"{Says()} {Cost()}".TrimEnd());
        if (EquallyGood() is { Length: > 0 } others)
        {
            page.Write(string.Empty, others);
        }

        page.Write("Search", Invariant($"{Field.Candidates.Count} configurations in {log.Launches} short launches, ")
            + Invariant($"{(int)log.Seconds / 60}:{(int)log.Seconds % 60:00} min; every one of them, and why it was dropped, is in ")
            + "tune.json. They only choose: all figures here are from fresh launches.");
        var path = Path.GetRelativePath(Environment.CurrentDirectory, folders.Settings);
        page.Write("Settings", written.WhyNot ?? $"{path} has them as C#, Python and JSON"
            + (written.Network is { } network ? $", with the network, {network}." : "."));
        return page + (written.CSharp is { } code ? $"\n{code}" : string.Empty);
    }

    private string Says()
    {
        var ratio = Claim.TimesAsCheap.Interval is { } interval
            ? Invariant($"{Claim.TimesAsCheap.Ratio:0.00} times as cheap as {Name(Choice.Default.Cell)} [{interval.Lower:0.00}, ")
                + Invariant($"{interval.Upper:0.00}]")
            : $"not to be told from {Name(Choice.Default.Cell)}";
        return WhyNotAccepted is { } why ? $"nothing is shown: of {Name(Chosen.Cell)}, the best by the search, {why}."
            : Meets == false ? $"nothing is shown: {Name(Chosen.Cell)}, the best by the search, misses {Limit} in fresh launches."
            : Limit is not null && Meets is null
                ? $"{Name(Chosen.Cell)} is {ratio}, but whether it meets {Limit} is not shown: "
                    + $"{Limit.WhyUndecided?.TrimEnd('.') ?? "more launches say more (--launches N)"}."
            : Chosen.IsDefault ? $"nothing is shown to be cheaper than {Name(Chosen.Cell)}, the default."
            : Outcome == TuneOutcome.Improved && !Claim.IsImprovement
                ? $"{Name(Chosen.Cell)} meets {Limit}, which {Name(Choice.Default.Cell)} misses. It is {ratio}: that it is cheaper "
                    + "is not shown."
            : Outcome == TuneOutcome.Improved ? $"{Name(Chosen.Cell)} is {ratio}{(Limit is null ? string.Empty : $"; it meets {Limit}")}."
            : $"no improvement is shown: {Name(Chosen.Cell)} is {ratio}.";
    }

    // Only what is shown to be cheaper takes the place of anything.
    private string Cost() => WhyNotAccepted is not null || Meets == false ? string.Empty
        : Row.Cost is { } cost && Standard.Cost is { } before
            ? $"A million images cost ${cost.Text}{(IsCheaper ? $" instead of ${before.Text}" : string.Empty)}."
        : Invariant($"{Row.Throughput!.ImagesPerSecond:0.#} images a second")
            + (IsCheaper ? Invariant($" instead of {Standard.Throughput!.ImagesPerSecond:0.#}.") : ".");

    private bool IsCheaper => Claim.IsImprovement && !Chosen.IsDefault;

    private string EquallyGood()
    {
        var others = Choice.Points.Where(point => point.IsEquallyGood && point.Candidate != Chosen).OrderBy(point => point.Ratio).ToList();
        return others.Count == 0 ? string.Empty
            : "The search does not tell it from "
                + string.Join(", ", others.Take(EquallyGoodNamed).Select(point => Name(point.Candidate.Cell)))
                + (others.Count > EquallyGoodNamed ? Invariant($" and {others.Count - EquallyGoodNamed} more") : string.Empty)
                + "; of those within half a percent the simplest was chosen.";
    }

    private static string Name(CellId cell) => ConsoleNames.Of(new MeasurementId(cell, Load.Closed));
}

/// <summary>The limit of a search, and who is shown to meet it.</summary>
/// <param name="Question">The limit.</param>
/// <param name="Load">How requests arrive; null if one is sent when the last is answered.</param>
/// <param name="Meets">Whether what was chosen is shown to meet it; null if neither is shown.</param>
/// <param name="DefaultMeets">The same of the default.</param>
internal sealed record TuneLimit(LimitQuestion Question, Load? Load, bool? Meets, bool? DefaultMeets)
{
    /// <summary>Why it is not known whether what was chosen meets it, where more launches would not say it; null otherwise.</summary>
    public string? WhyUndecided { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Invariant($"P{100 * Question.Quantile:0.#} within {Question.LimitMs} ms")
        + (Load?.RequestsPerSecond is { } rate ? Invariant($" at {rate} requests a second") : string.Empty);
}
