using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Tuning;
using Bench.Inference.Knobs;

namespace Bench.Benchmarks.Host;

/// <summary>Reads what a search is asked for.</summary>
internal static class TuneReader
{
    /// <param name="given">What stands on the command line.</param>
    /// <param name="variants">The combinations of knobs that are named; one without any if none is.</param>
    /// <param name="precisions">The names of the precisions that are named.</param>
    /// <param name="loads">The open loads that are named.</param>
    /// <param name="measuring">How much is measured; null if that is wrong already.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static TuneAsked? Read(
        GivenOptions given, IReadOnlyList<Variant> variants, IReadOnlyCollection<string> precisions, IReadOnlyList<Load> loads,
        MeasuringPlan? measuring, List<string> faults)
    {
        var (options, result) = given;
        var (quality, exhaustive) = (options.Tune!.Read(result, faults), options.Tune!.Exhaustive(result, faults));
        foreach (var (name, isGiven) in new[]
                 {
                     ("--until", result.GetValue(options.Until) is not null), ("--find-rate", result.GetValue(options.FindRate)),
                     ("--slow-down", result.GetValue(options.SlowDown) is not null),
                 })
        {
            if (isGiven)
            {
                faults.Add($"{name}: found with tune; expected none: a search decides by itself how much it measures.");
            }
        }

        if (loads.Count > 1 || (loads.Count == 1 && measuring is { LimitMs: null }))
        {
            faults.Add(loads.Count > 1
                ? FormattableString.Invariant($"--rate: found {loads.Count} rates with tune; expected one.")
                : "--rate: found without --limit; expected both, as in --rate 20 --limit 50ms --quantile p99.");
        }

        string?[] named =
        [
            result.GetValue(options.Batch) is null ? null : KnobCatalogue.Batch,
            result.GetValue(options.Streams) is null or KnobOptions.Auto ? null : KnobCatalogue.Streams,
            result.GetValue(options.Threads) is null ? null : KnobCatalogue.Threads,
            .. (result.GetValue(options.Set) ?? []).Select(text => text.Split('=')[0]),
        ];
        var knobs = named.OfType<string>().Distinct().ToDictionary(
            knob => knob, knob => (IReadOnlyList<string?>)[.. variants.Select(variant => variant[knob]).Distinct()]);
        if (loads.Count > 0)
        {
            // Requests that arrive at random moments are not gathered: one has as many images as it has.
            knobs.TryAdd(KnobCatalogue.Batch, [null]);
        }

        var isNamed = result.GetRequiredValue(options.Precisions) != MeasureOptions.All;
        return measuring?.BudgetSeconds is not { } seconds ? null : new TuneAsked(
            quality, new TuneBudget(TimeSpan.FromSeconds(seconds)), knobs,
            isNamed ? [.. Models.Precisions.All.Where(precision => precisions.Contains(precision.Id))] : null)
        {
            Load = loads.Count > 0 ? loads[0] : null,
            Exhaustive = exhaustive,
        };
    }
}
