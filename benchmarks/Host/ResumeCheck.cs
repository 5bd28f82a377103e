using System.Globalization;
using System.Text.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Launches;

namespace Bench.Benchmarks.Host;

/// <summary>Says what has changed since a run was stopped: launches of one run are compared with each other,
/// so they must be alike.</summary>
internal static class ResumeCheck
{
    /// <param name="then">What the run recorded when it was started.</param>
    /// <param name="now">What it would record now.</param>
    /// <returns>One sentence for each difference; none if the run may go on.</returns>
    public static IReadOnlyList<string> Differences(RunManifest then, RunManifest now)
    {
        var found = new List<string>();
        Compare("the machine", Text(then.Machine), Text(now.Machine));
        Compare("the program", then.Build, now.Build);
        foreach (var name in then.Software.Keys.Union(now.Software.Keys).Order(StringComparer.Ordinal))
        {
            Compare(name, then.Software.GetValueOrDefault(name), now.Software.GetValueOrDefault(name));
        }

        foreach (var model in then.Models.Select(model => model.Id).Union(now.Models.Select(model => model.Id)))
        {
            Compare($"the files of {model}", Text(then.Models, model), Text(now.Models, model));
        }

        foreach (var backend in now.Cells.Select(cell => cell.Backend).Distinct())
        {
            Compare($"the engine of {backend}", Engine(then, backend), Engine(now, backend));
        }

        Compare("the cells", string.Join(", ", then.Cells.Select(cell => cell.Measurement)), string.Join(", ", now.Cells.Select(cell =>
            cell.Measurement)));
        return found;

        void Compare(string what, string? before, string? current)
        {
            if (before != current)
            {
                found.Add(
                    $"--resume: {what} changed since the run was started: found {current ?? "nothing"}; expected {before ?? "nothing"}.");
            }
        }
    }

    /// <param name="then">What launches were told before; null if none was started.</param>
    /// <param name="now">What they would be told now.</param>
    /// <returns>One sentence for each difference; none if the run may go on.</returns>
    public static IReadOnlyList<string> Differences(LaunchPlan? then, LaunchPlan now)
    {
        if (then is null)
        {
            return [];
        }

        var found = now.Models.Where(model => !then.Models.TryGetValue(model.Key, out var before) || Text(before) != Text(model.Value))
            .Select(model => $"--resume: the card of {model.Key} changed since the run was started.").ToList();
        if (Text(then with { Models = now.Models, RunPath = now.RunPath, CancelFile = now.CancelFile }) != Text(now))
        {
            found.Add("--resume: what launches are told changed since the run was started (caches, folders or options).");
        }

        return found;
    }

    private static string Text<T>(T told) => JsonSerializer.Serialize(told, LaunchJson.Options);

    private static string Text(MachineFacts machine)
    {
        var gpus = machine.Gpus.Select(gpu => $"{gpu.Name} (driver {gpu.Driver})").ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{machine.Name}, {machine.Cpu}, {machine.LogicalCores} logical cores, quota {machine.CpuQuota:0.##}, "
            + $"{machine.Os} {machine.OsVersion} {machine.Architecture}, {(gpus.Count == 0 ? "no GPU" : string.Join(" and ", gpus))}");
    }

    private static string? Text(IReadOnlyList<ModelFacts> models, string id) => models.FirstOrDefault(model => model.Id == id) is { } model
        ? string.Join(' ', model.Files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => $"{file.Key}={file.Value.Sha256[..12]}").Append($"data={model.DataSha256?[..12]}"))
        : null;

    private static string? Engine(RunManifest run, BackendId backend) =>
        run.Cells.FirstOrDefault(cell => cell.Backend == backend) is { Engine: { } engine } cell
            ? $"{engine} from {cell.EngineSource}"
            : null;
}
