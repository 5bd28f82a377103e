using System.Globalization;
using System.Text;
using Bench.Analysis.Json;
using Bench.Analysis.Measurements;
using Bench.Analysis.Rendering;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Reports;

/// <summary>Writes a report for people: GitHub's markdown, readable on a console too.</summary>
public static class MarkdownReport
{
    /// <summary>Writes a report as markdown.</summary>
    /// <param name="report">The report.</param>
    /// <param name="answers">What is said first of each model, by its name; null for nothing.</param>
    /// <returns>The text, with line feeds, the same on every operating system and in every culture.</returns>
    public static string Write(Report report, IReadOnlyDictionary<string, string>? answers = null)
    {
        var text = new StringBuilder("# What a million images cost\n");
        if (report.CostModel.Describe() is { Length: > 0 } assumptions)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nCosts assume: {assumptions}.\n");
        }

        foreach (var run in report.Runs)
        {
            WriteRun(text, run);
        }

        foreach (var model in report.Models)
        {
            WriteModel(text, model, answers?.GetValueOrDefault(model.Id));
        }

        foreach (var tune in report.Runs.Select(run => run.Tune).OfType<TuneRecord>())
        {
            MarkdownTune.WriteTo(text, tune);
        }

        WriteLegend(text, [.. report.Runs.Select(run => run.Roles).Distinct()], report.Runs.Any(run => run.Nodes is { Count: > 1 }));
        return text.ToString();
    }

    private static void WriteRun(StringBuilder text, RunSummary run)
    {
        var machine = run.Machine;
        var cores = machine.PhysicalCores is { } physical ? $"{physical} physical, " : string.Empty;
        var memory = machine.MemoryBytes is { } bytes ? $", {Figures.Text(bytes / 1073741824.0, "0.0")} GiB" : string.Empty;
        var gpus = machine.Gpus.Count == 0 ? "no GPU" : string.Join(", ", machine.Gpus.Select(gpu => $"{gpu.Name} (driver {gpu.Driver})"));
        var dirty = run.Git.Dirty ? " with uncommitted changes" : string.Empty;
        text.Append('\n').Append(CultureInfo.InvariantCulture,
            $"Run `{run.Id}`, profile {run.Profile}, {run.StartedUtc:yyyy-MM-dd HH:mm} UTC, Bench {Short(run.Git.Commit)}{dirty}.\n");
        if (run.Nodes is { } nodes)
        {
            text.Append(CultureInfo.InvariantCulture, $"Put together from {Nodes(nodes)}.\n");
        }

        if (!run.Complete)
        {
            text.Append("**Incomplete: the run was interrupted. What follows is what had been measured.**\n");
        }

        if (run.IsSearch)
        {
            text.Append("**The short launches of a search: they choose among configurations, and are no result.**\n");
        }

        foreach (var (pattern, count, reason) in run.LeftOut ?? [])
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{count} {(count == 1 ? "cell was" : "cells were")} taken out after the run (`{pattern}`): {reason}\n");
        }

        if (run.Published is { } published)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"Published figures, not measured here: {published.Source}{(published.Url is { } url ? $", <{url}>" : string.Empty)}. "
                + $"Means alone: no interval, no percentile, no outputs.\n");
        }

        if (run.SlowedDownBy is { } share)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"**Slowed down on purpose: inferences took up to {Figures.Percent(share)} longer than they had to (--slow-down). "
                + $"For trying a gate, never for a decision.**\n");
        }

        var logical = machine.LogicalCores is { } cpus
            ? string.Create(CultureInfo.InvariantCulture, $", {cores}{cpus} logical cores, quota {machine.CpuQuota:0.##}")
            : string.Empty;
        text.Append(
            CultureInfo.InvariantCulture, $"Machine: {machine.Cpu}{logical}{memory}; {gpus}; {machine.OsVersion} {machine.Architecture}");
        text.Append(machine.Virtualisation is { } virtualisation ? $", virtualised ({virtualisation}).\n" : ".\n");
        if (machine.CompatibilityLayer is { } layer)
        {
            text.Append(CultureInfo.InvariantCulture, $"**Measured under {layer}: the times are those of an imitation and say nothing. "
                + $"They are neither priced nor compared.**\n");
        }

        WritePrices(text, run);
        WriteEngines(text, run.Engines);
    }

    private static void WritePrices(StringBuilder text, RunSummary run)
    {
        if (run.SlowedDownBy is not null)
        {
            text.Append("Price: none, see above.\n");
            return;
        }

        foreach (var (device, price, whyNot) in run.Prices)
        {
            text.Append(price is not null
                ? $"Price of {device}: {Figures.Usd(price.UsdPerHour)} USD per hour, {price.Origin}.\n"
                : $"Price of {device}: unknown, for {whyNot}. "
                    + $"Say what it is: `--hardware KEY` (`bench prices` lists them) or `--usd-per-hour X`.\n");
            foreach (var doubt in price?.Doubts ?? [])
            {
                text.Append(CultureInfo.InvariantCulture, $"- Take care: {doubt}.\n");
            }
        }
    }

    private static void WriteEngines(StringBuilder text, IReadOnlyList<EngineSummary> engines)
    {
        if (engines.Count == 0)
        {
            return;
        }

        text.Append("Engines:\n");
        foreach (var engine in engines)
        {
            var settings = string.Join(", ", engine.Settings.Select(setting => $"{setting.Key}={setting.Value}"));
            text.Append(CultureInfo.InvariantCulture, $"- `{engine.Backend}`: {engine.Engine}, from {engine.Source}");
            text.Append(engine.Device is { } device ? $", on {device}" : string.Empty)
                .Append(settings.Length > 0 ? $"; {settings}.\n" : ".\n");
        }
    }

    private static void WriteModel(StringBuilder text, ModelReport model, string? answer)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {model.Id}\n\n{model.Title}.");
        text.Append(model.DataImages is not { } images ? "\n\n"
            : model.MetricName is { } metric ? string.Create(CultureInfo.InvariantCulture,
                $" {Figures.Capital(metric)} over {model.EvaluatedImages} of {images} evaluation images.\n\n")
            : $" {NetworkText.Of(model)}\n\n");
        text.Append(answer is null ? string.Empty : $"**Answer**: {answer}\n\n");
        MarkdownCells.WriteTo(text, model);
        foreach (var row in model.Rows.Where(row => row.EngineBuildMs is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n`{row.Label}`: its engine was built for this network beforehand, "
                + $"in {Figures.Text(row.EngineBuildMs!.Value / 1000, "0.0")} s.\n");
        }

        foreach (var row in model.Rows.Where(row => row.Int8 is { Verdict: Int8Verdict.Faster }))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n`{row.Label}`: {row.Int8!.Text}\n");
        }

        MarkdownLoads.WriteTo(text, model);
        MarkdownVolumes.WriteTo(text, model);
        WriteLaunches(text, model);
        MarkdownQuality.WriteTo(text, model);
        MarkdownClasses.WriteTo(text, model);
        WriteReasons(text, model);
        WriteWarnings(text, model);
    }

    private static void WriteReasons(StringBuilder text, ModelReport model)
    {
        var absent = model.Rows.Where(row => row.Status is not (CellStatus.Measured or CellStatus.Published)).ToList();
        if (absent.Count == 0)
        {
            return;
        }

        text.Append("\nNot measured:\n");
        // What holds for several cells, such as an engine that is not there, is said once.
        foreach (var rows in absent.GroupBy(row => (Status: Status(row), row.Reason)))
        {
            var labels = rows.Count() == 1 ? $"`{rows.First().Label}`"
                : rows.Count() == model.Rows.Count ? $"`{model.Id}`, all {model.Rows.Count} cells:"
                : AllOf(rows.ToList(), model) ?? string.Join(", ", rows.Select(row => $"`{row.Label}`"));
            text.Append(CultureInfo.InvariantCulture,
                $"- {labels} {rows.Key.Status}: {rows.Key.Reason?.ReplaceLineEndings(" ")}\n");
        }
    }

    /// <returns>The backends whose cells these are; null if others of their cells are not among them.</returns>
    private static string? AllOf(List<MeasurementRow> rows, ModelReport model)
    {
        var backends = rows.Select(row => row.CellId.Backend).Distinct().ToList();
        return model.Rows.Count(row => backends.Contains(row.CellId.Backend)) == rows.Count
            ? string.Create(CultureInfo.InvariantCulture,
                $"{string.Join(", ", backends.Select(backend => $"`{backend}`"))} ({rows.Count} cells)")
            : null;
    }

    private static string Status(MeasurementRow row) =>
        row.Facts.IsAnsweredUnmeasured ? "misses the limit" : EnumNames.Of(row.Status);

    /// <summary>What was not seen cannot be in any interval.</summary>
    private static void WriteLaunches(StringBuilder text, ModelReport model)
    {
        foreach (var launches in model.Rows.Select(row => row.Latency).OfType<LatencyEstimate>()
            .Where(latency => latency.Launches > 0).DistinctBy(latency => (latency.Launches, latency.Nodes)))
        {
            var (count, what) = launches.Nodes > 0 ? (launches.Nodes, "node") : (launches.Launches, "launch");
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n{count} {(count == 1 ? what : what == "node" ? "nodes" : "launches")}: a kind of {what} that is rarer than 1 in "
                + $"{Figures.Text(launches.UnseenBeyondOneIn!.Value, "0.0")} may not have been seen, and is in no interval.\n");
        }
    }

    private static void WriteWarnings(StringBuilder text, ModelReport model)
    {
        var doubtful = model.Rows.Where(row => row.Warnings.Count > 0).ToList();
        if (doubtful.Count == 0 && model.Warnings.Count == 0 && model.Notes.Count == 0)
        {
            return;
        }

        text.Append("\nTake care:\n");
        foreach (var warning in model.Warnings.Concat(model.Notes).Distinct())
        {
            text.Append("- ").Append(Figures.Capital(warning)).Append('\n');
        }

        foreach (var row in doubtful)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"- `{row.Label}`: {string.Join(' ', row.Warnings.Select(warning => warning.ReplaceLineEndings(" ")))}\n");
        }
    }

    private static void WriteLegend(StringBuilder text, IReadOnlyList<RunRoles> roles, bool areNodes) => text.Append(
        "\n## How to read it\n\n"
        + "- One operation is one request, from host memory to outputs in host memory: one image, or as many as the cell's `batch` says. "
        + "Its latency counts for each of its\n"
        + "  images. Load and first inference are apart. No outlier is dropped. "
        + "The cheapest rows come first; bold are the lowest cost of each backend and the shortest mean,\n"
        + "  of rows that are not shown to give other outputs or less quality.\n"
        + "- streams × threads: requests in flight, and the threads that compute each of them.\n"
        + "- mean: its 99 % interval is Student's t over the means of the launches, the only independent observations there are"
        + (areNodes ? ", or over those of nodes\n  where several have measured a model; `n/a` with one.\n" : "; `n/a` with one launch.\n")
        + "- P50, P90, P99: over requests of random launches; `n/a` where there are too few iterations for the percentile; "
        + "`*` where the launches, or the requests beyond\n"
        + "  it, do not suffice for its 99 % interval, so that no limit on it can be shown to be met. The intervals are in report.json.\n"
        + "- images/s: images in a request over the mean latency with one stream; with several the sum of their rates, measured together "
        + "in windows. Its 99 % interval is Student's t\n"
        + "  over launches, of the time for an image.\n"
        + "- USD per million images: 10⁶ / images per second / 3600 × USD per hour; ± from the interval of images per second; "
        + "in brackets from the cheapest to the dearest provider's price.\n"
        + $"- time vs. baseline: the time for an image over that of {Names(roles.Select(role => role.Baseline))}{WhatItIs(roles)}; "
        + "below 1 is faster.\n"
        + $"- change: against {Names(roles.Select(role => role.Reference))} of the same model, "
        + "or, without it, the first version that was measured.\n"
        + "- Are the outputs still the same? Asked of cells at the reference's own precision. "
        + "`equivalent` needs all of: the mean difference shown to be within the margin (5 % error on\n"
        + "  each side); no more images beyond the margin than are tolerated; "
        + "with labels, accuracies shown to be within the margin of each other (Tango's interval). `different`: one of\n"
        + "  them is shown to be broken (Holm's correction over the rows). `inconclusive`: neither. `identical`: every number is equal.\n"
        + "- Is the quality the same? Asked of every other precision. "
        + "`kept`: the loss of accuracy (Tango) or of mean Dice is shown to be within the margin; `lost`: shown to be beyond it.\n"
        + "- `not tested`: the engine computed in another precision than the row's name says, "
        + "so that the row says nothing of that precision.\n"
        + "- Wilcoxon p (two-sided, Pratt's treatment of zeros), its Hodges–Lehmann centre and the sign test stand beside it and decide "
        + "nothing alone: they see neither a ruined minority nor\n"
        + "  a symmetric ruin. McNemar p is exact, for right and wrong answers.\n");

    private static string WhatItIs(IReadOnlyList<RunRoles> roles) =>
        roles.All(role => role.Baseline == RunRoles.Standard.Baseline) ? ", all graph optimisations off" : string.Empty;

    private static string Names(IEnumerable<CellRole> roles) => string.Join(" or ", roles.Distinct().Select(role => $"`{role}`"));

    private static string Nodes(IReadOnlyList<string> nodes) => nodes.Count == 1
        ? $"what was measured on the node {MarkdownText.Escape(nodes[0])}"
        : $"what was measured on {nodes.Count} nodes ({MarkdownText.Escape(string.Join(", ", nodes))}). Where several of them have "
            + "measured a model, its intervals are over nodes, not over launches, since launches on one node share what is peculiar to it; "
            + "of a model that one node has measured they are over launches, and say nothing of other nodes";

    private static string Short(string commit) => commit.Length > 7 ? commit[..7] : commit;
}
