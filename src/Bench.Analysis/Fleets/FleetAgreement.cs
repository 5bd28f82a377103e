using Bench.Analysis.Runs;

namespace Bench.Analysis.Fleets;

/// <summary>Keeps runs that may stand beside each other: of one build and commit, of the same networks and images, and on nodes of a kind
/// that are alike and whose clocks are governed alike.</summary>
internal static class FleetAgreement
{
    private const string All = "all";
    private const int DigitsShown = 16;
    private const string Integers = ", int8";

    /// <summary>Keeps what most have; what differs is named.</summary>
    /// <param name="runs">The runs, in the order of the manifest.</param>
    /// <param name="faults">Takes what differs, a sentence each.</param>
    public static IReadOnlyList<CollectedRun> Keep(IReadOnlyList<CollectedRun> runs, List<string> faults)
    {
        var kept = Keep(runs, All, "build", run => run.Measured.Manifest.Build ?? "none", faults);
        kept = Keep(kept, All, "commit", run => Text(run.Measured.Manifest.Git), faults);
        kept = [.. kept.GroupBy(run => run.Unit.Model).SelectMany(model => KeepFiles([.. model], model.Key, Everywhere, faults))];
        return
        [
            .. kept.GroupBy(run => run.Unit.Machine).SelectMany(kind => OfKind([.. kind], kind.Key, faults)).OrderBy(run => run.Unit.Index),
        ];
    }

    private static List<CollectedRun> OfKind(List<CollectedRun> runs, string kind, List<string> faults)
    {
        var kept = Keep(runs, kind, "clock policy", run => Clock(run.Measured.Manifest.Machine), faults);
        kept = Keep(kept, kind, "processor", run => run.Measured.Manifest.Machine.Cpu, faults);
        kept = Keep(kept, kind, "set of graphics processors", run => Gpus(run.Measured.Manifest.Machine), faults);
        return [.. kept.GroupBy(run => run.Unit.Model).SelectMany(model => KeepFiles([.. model], $"{kind}, {model.Key}", Files, faults))];
    }

    /// <summary>Keeps runs whose files are those of most others that have them: kinds are asked for different precisions, so that not all
    /// have all.</summary>
    private static List<CollectedRun> KeepFiles(
        List<CollectedRun> runs, string among, Func<RunManifest, IEnumerable<KeyValuePair<string, string>>> files, List<string> faults)
    {
        foreach (var name in runs.SelectMany(run => files(run.Measured.Manifest)).Select(file => file.Key).Distinct()
            .Order(StringComparer.Ordinal).ToList())
        {
            var with = runs.FindAll(run => Of(run, name) is not null);
            var kept = Keep(with, among, $"file of {name}", run => Of(run, name)!, faults);
            runs.RemoveAll(run => with.Contains(run) && !kept.Contains(run));
        }

        return runs;

        string? Of(CollectedRun run, string name) =>
            files(run.Measured.Manifest).Where(file => file.Key == name).Select(file => file.Value).FirstOrDefault();
    }

    private static List<CollectedRun> Keep(
        IReadOnlyList<CollectedRun> runs, string among, string what, Func<CollectedRun, string> value, List<string> faults)
    {
        // The most frequent one; of several the one that comes first in the manifest.
        if (runs.GroupBy(value).OrderByDescending(same => same.Count()).ThenBy(same => same.Min(run => run.Unit.Index)).FirstOrDefault()
            is not { } most)
        {
            return [];
        }

        faults.AddRange(runs.Where(run => value(run) != most.Key).Select(run =>
            $"{run.Unit.Label}: another {what} than most of {among}: found '{value(run)}'; expected '{most.Key}'."));
        return [.. most];
    }

    private static string Text(GitState git) => git.Dirty ? $"{git.Commit}, with changes" : git.Commit;

    /// <summary>The images, and the files of every precision.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Files(RunManifest run) => run.Models.SelectMany(model => model.Files
        .Select(file => KeyValuePair.Create($"{model.Id}, {file.Key}", string.Concat(file.Value.Sha256.Take(DigitsShown))))
        .Prepend(KeyValuePair.Create($"{model.Id}, images", model.DataSha256 ?? "none")));

    /// <summary>Without integers: where ranges do not travel with a model, a node measures them, and processors add in another order.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, string>> Everywhere(RunManifest run) =>
        Files(run).Where(file => !file.Key.Contains(Integers, StringComparison.Ordinal));

    private static string Clock(MachineFacts machine)
    {
        var boost = machine.CpuBoost switch { true => "boost on", false => "boost off", null => "boost not told" };
        return string.Join(", ", machine.Gpus.Select(gpu => gpu.PowerLimitWatts is { } watts
                ? FormattableString.Invariant($"{gpu.Name} up to {watts:0} W")
                : $"{gpu.Name} up to a power that is not told")
            .Prepend(boost).Prepend($"governor {machine.CpuGovernor ?? "not told"}"));
    }

    // Launches on two drivers of a device are never one cell.
    private static string Gpus(MachineFacts machine) => machine.Gpus.Count == 0 ? "none"
        : string.Join(", ", machine.Gpus.Select(gpu => $"{gpu.Name} (driver {gpu.Driver})"));
}
