using System.Globalization;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Analysis.Rendering;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Comparison;

/// <summary>In what two sides differ that is not their times.</summary>
internal static class Differences
{
    private const string TheSource = "the source itself";

    public static IReadOnlyList<Difference> Between(
        ComparisonSide baseline, ComparisonSide current, IReadOnlyList<MatchedPair> pairs, ControlCells? control, bool isPairing)
    {
        var found = new List<Difference>();
        foreach (var trait in baseline.Traits)
        {
            // What only one side tells is not known to differ.
            if (current.Traits.FirstOrDefault(other => other.Name == trait.Name) is { } other && other.Key != trait.Key)
            {
                found.Add(new Difference(trait.Name, trait.Value, other.Value, trait.MustMatch || other.MustMatch));
            }
        }

        var seen = new Dictionary<(string Name, string Base, string Current, bool Breaks, bool IsOfCode), List<string>>();
        foreach (var pair in pairs)
        {
            foreach (var (name, before, now, breaks, isOfCode) in OfCell(
                    baseline, current, pair, control?.Contains(pair) == true, isPairing)
                .Where(difference => difference.Before != difference.Now))
            {
                var key = (name, before, now, breaks, isOfCode);
                if (!seen.TryGetValue(key, out var cells))
                {
                    seen[key] = cells = [];
                }

                cells.Add(pair.Name);
            }
        }

        // What all cells share is said once.
        found.AddRange(seen.Select(entry => new Difference(
            entry.Value.Count == pairs.Count ? entry.Key.Name : $"{entry.Key.Name} of {Faults.Names(entry.Value)}",
            entry.Key.Base,
            entry.Key.Current,
            entry.Key.Breaks,
            entry.Key.IsOfCode)));
        return found;
    }

    /// <summary>What the run says of the model of a cell; null for other benchmarks.</summary>
    public static ModelFacts? Model(ComparisonSide side, SideBenchmark benchmark) =>
        side.Run?.Manifest.Models.FirstOrDefault(model => model.Id == benchmark.Cell?.Model);

    /// <summary>The network's file of a cell; null if it is not known.</summary>
    public static FileFacts? ModelFile(ComparisonSide side, SideBenchmark benchmark) =>
        benchmark.Cell is { } cell ? side.Run?.Manifest.ModelFile(cell) : null;

    private static IEnumerable<(string Name, string Before, string Now, bool Breaks, bool IsOfCode)> OfCell(
        ComparisonSide baseline, ComparisonSide current, MatchedPair pair, bool isControl, bool isPairing)
    {
        if (pair.Base.Cell is not { } before || pair.Current.Cell is not { } now)
        {
            // Jobs with the same characteristics are the same, whatever they are called.
            if (pair.Base.Job is { Length: > 0 } && pair.Current.Job is { Length: > 0 }
                && pair.Base.Job != pair.Current.Job && !IsSameJob(pair.Base, pair.Current))
            {
                yield return ("job", Known(pair.Base.Job), Known(pair.Current.Job), false, false);
            }

            yield break;
        }

        // Cells of one run may differ in what they are: that is what is compared.
        yield return ("threads", Known(before.Threads), Known(now.Threads), !isPairing, isPairing);
        yield return ("threads chosen by", before.ThreadsChosenBy, now.ThreadsChosenBy, false, isPairing);
        // What only one side tells is not known to differ.
        if (before.ThreadAffinity is { } bound && now.ThreadAffinity is { } boundNow)
        {
            yield return ("processors that threads are bound to", bound, boundNow, !isPairing, isPairing);
        }

        if (Priority(before) is { } priority && Priority(now) is { } priorityNow)
        {
            yield return ("priority of the process", priority, priorityNow, true, false);
        }

        yield return ("device", DeviceName(before), DeviceName(now), !isPairing, isPairing);
        yield return ("device driver", before.Device ?? "none", now.Device ?? "none", isControl, false);

        // What a gate is there to judge; but a control cell that changed in it is none.
        yield return ("slow-down on purpose", Share(before.SlowedDownBy), Share(now.SlowedDownBy), isControl, true);
        yield return ("engine", Known(before.Engine), Known(now.Engine), isControl, true);
        yield return ("engine settings", Settings(before), Settings(now), isControl, true);
        yield return ("effective precision", Known(before.EffectivePrecision), Known(now.EffectivePrecision), isControl, true);
        foreach (var (name, model, modelNow) in OfFiles(ModelFile(baseline, pair.Base), ModelFile(current, pair.Current)))
        {
            yield return (name, model, modelNow, isControl, true);
        }

        var (from, to) = (Model(baseline, pair.Base), Model(current, pair.Current));
        yield return ("evaluation images", Hash(from?.DataSha256), Hash(to?.DataSha256), true, false);
        yield return ("equivalence margin", Margin(from), Margin(to), false, false);
        yield return ("evaluated images", Known(from?.EvaluatedCount), Known(to?.EvaluatedCount), true, false);
    }

    /// <summary>A model is its source, and how the file was made from it is a trait. The file itself counts where these are not told, and
    /// where they are the same: then nothing else says that it is another one.</summary>
    private static IEnumerable<(string Name, string Before, string Now)> OfFiles(FileFacts? before, FileFacts? now)
    {
        if (before is not { Source: { } source } || now is not { Source: { } sourceNow })
        {
            return [("model file", Hash(before?.Sha256), Hash(now?.Sha256))];
        }

        return (source, before.Recipe) == (sourceNow, now.Recipe)
            ? [("model file", Hash(before.Sha256), Hash(now.Sha256))]
            : [("model source", Hash(source), Hash(sourceNow)), ("model recipe", before.Recipe ?? TheSource, now.Recipe ?? TheSource)];
    }

    private static bool IsSameJob(SideBenchmark one, SideBenchmark other) =>
        one.Identity?.Job.Each is { Count: > 0 } before && other.Identity?.Job.Each is { } now && before.SequenceEqual(now);

    private static string? Priority(CellFacts cell) => cell.Launches.Select(launch => launch.Conditions?.Process)
        .FirstOrDefault(process => process is not null) is { } process
        ? string.Create(CultureInfo.InvariantCulture, $"{process.Scheduler ?? process.PriorityClass}, nice {process.Nice}")
        : null;

    // "NVIDIA H100, driver for CUDA 13.0": a new driver is what a gate may be there to judge.
    private static string DeviceName(CellFacts cell) => cell.Device?.Split(',')[0] ?? "processor";

    private static string Margin(ModelFacts? model) => EquivalenceOptions.For(model).Margin.ToString(CultureInfo.InvariantCulture);

    private static string Settings(CellFacts cell) =>
        cell.EngineSettings.Count == 0
            ? "default"
            : string.Join(", ", cell.EngineSettings.OrderBy(setting => setting.Key, StringComparer.Ordinal)
                .Select(setting => $"{setting.Key}={setting.Value}"));

    private static string Share(double? share) => share is { } slower ? Figures.Percent(slower) : "nothing";

    private static string Known(string? value) => string.IsNullOrEmpty(value) ? "unknown" : value;

    private static string Known(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static string Hash(string? sha256) => sha256 is { Length: >= 12 } ? sha256[..12] : "unknown";
}
