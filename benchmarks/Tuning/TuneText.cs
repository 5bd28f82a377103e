using System.Globalization;

namespace Bench.Benchmarks.Tuning;

/// <summary>What is said while a search goes on.</summary>
internal static class TuneText
{
    private const double SecondsPerMinute = 60;

    /// <summary>What is searched.</summary>
    /// <param name="field">The configurations.</param>
    /// <param name="searchSeconds">How long short launches may take.</param>
    /// <param name="total">How long all may take.</param>
    /// <param name="lookSeconds">How long one short launch of each takes.</param>
    public static string Field(TuneField field, double searchSeconds, TimeSpan total, double lookSeconds) =>
        string.Create(CultureInfo.InvariantCulture,
            $"Searching {Configurations(field)}: up to about {TunePlan.Launches(field.Candidates.Count, new TuneSettings())} short ")
        + string.Create(CultureInfo.InvariantCulture,
            $"launches in {searchSeconds / SecondsPerMinute:0.#} of {total.TotalMinutes:0.#} min, the rest for fresh ones of the best. ")
        + $"Costs are {(field.IsPriced ? "dollars" : "the machine's time, for want of a price")}."
        + (lookSeconds <= searchSeconds ? string.Empty : string.Create(CultureInfo.InvariantCulture,
            $" That is little: one launch of each takes about {lookSeconds / SecondsPerMinute:0.#} min here, which leaves no time for ")
            + "more. A longer --budget, or fewer configurations (--precisions, --batch, --streams, --set), would find more.")
        + Pruned(field);

    /// <summary>What is measured where nothing is searched.</summary>
    /// <param name="field">The configurations.</param>
    /// <param name="launches">How many short launches each has.</param>
    /// <param name="seconds">How long they take.</param>
    public static string Everything(TuneField field, int launches, double seconds) => string.Create(CultureInfo.InvariantCulture,
        $"Measuring {Configurations(field)}, each in {launches} short launches: {field.Candidates.Count * launches} in all, about ")
        + string.Create(CultureInfo.InvariantCulture, $"{seconds / SecondsPerMinute:0} min; then fresh ones of the best.") + Pruned(field);

    /// <summary>What is confirmed.</summary>
    public static string Confirming(TuneChoice choice, int launches) => string.Create(CultureInfo.InvariantCulture,
        $"Confirming in {launches} fresh launches each: {string.Join(", ", choice.Confirmed.Select(candidate => candidate.Cell))}.");

    private static string Configurations(TuneField field) => string.Create(CultureInfo.InvariantCulture,
        $"{field.Candidates.Count} configurations of {field.Default!.Cell.Model} (")
        + $"{string.Join(", ", field.Candidates.Select(candidate => candidate.Engine).Distinct())}; "
        + $"{string.Join(", ", field.Candidates.Select(candidate => candidate.Cell.Precision).Distinct())})";

    private static string Pruned(TuneField field) => field.Pruned.Count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture,
        $" {field.Pruned.Count} are out of the question: {string.Join("; ", field.Pruned.GroupBy(point => point.Reason)
            .Select(reason => $"{reason.Count()} ({reason.First().Candidate.Engine} {reason.First().Candidate.Cell.Precision}), "
                + $"{reason.Key?.TrimEnd('.')}"))}.");
}
