using System.Globalization;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Configs;

namespace Bench.Benchmarks.Tuning;

/// <summary>What is said while a search goes on.</summary>
internal static class TuneText
{
    private const double ProcessSeconds = 1.5;

    // A request of several images has more requests than images need, and every cell is looked at before.
    private const double Margin = 1.3;

    /// <summary>What is searched.</summary>
    public static string Field(TuneField field, string model, TuneBudget budget)
    {
        var precisions = string.Join(", ", field.Candidates.Select(candidate => candidate.Cell.Precision).Distinct());
        var engines = string.Join(", ", field.Candidates.Select(candidate => candidate.Engine).Distinct());
        var settings = new TuneSettings();
        return string.Create(CultureInfo.InvariantCulture,
            $"Searching {field.Candidates.Count} configurations of {model} ({engines}; {precisions}): about "
            + $"{TuneSearch.Planned(field.Candidates.Count, settings)} short launches within {budget.Total.TotalMinutes:0.#} min, then "
            + $"fresh ones of the best. Costs are {(field.IsPriced ? "dollars" : "the machine's time, for want of a price")}.")
            + (field.Pruned.Count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture,
                $" {field.Pruned.Count} are out of the question: {string.Join("; ", field.Pruned.GroupBy(point => point.Reason)
                    .Select(reason => $"{reason.Count()} ({reason.First().Candidate.Engine} {reason.First().Candidate.Cell.Precision}), "
                        + $"{reason.Key?.TrimEnd('.')}"))}."));
    }

    /// <summary>What is confirmed.</summary>
    public static string Confirming(TuneChoice choice, int launches) => string.Create(CultureInfo.InvariantCulture,
        $"Confirming in {launches} fresh launches each: {string.Join(", ", choice.Confirmed.Select(candidate => candidate.Cell))}.");

    /// <summary>How long a launch of the confirmation takes, by what one of the first launches took to begin.</summary>
    public static double LongLaunchSeconds(Profile profile, RunFolder seen)
    {
        var records = seen.Launches.ReadAll().Where(record => record.IsFinished).ToList();
        return records.Count == 0 ? ProcessSeconds : records.Max(record =>
            Margin * (ProcessSeconds + ((record.Facts!.LoadMs + record.Facts.FirstInferenceMs) / 1000) + profile.Measuring.WarmupSeconds
            + (profile.Measuring.Requests * seen.Launches.ReadTimings(record).RequestMs / 1000)));
    }
}
