using System.Globalization;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>
/// Puts a run's cells together from what its launches left on the disk. It is done whenever the run is read, so that a run whose program
/// was killed says as much as one that came to its end. What <c>run.json</c> says of such cells is for people: it is not read again.
/// </summary>
internal static class RunAssembly
{
    private const string InterruptedEarly = "the run was interrupted before this cell had a whole launch.";

    /// <summary>What <c>run.json</c> says of cells at the end: all but the long lists, which stand in the records
    /// of the launches.</summary>
    public static RunManifest Short(RunManifest manifest) =>
        manifest with { Cells = [.. manifest.Cells.Select(cell => cell with { Launches = [], TaskMetric = null })] };

    /// <summary>Completes the cells that were to be measured.</summary>
    /// <param name="manifest">What <c>run.json</c> says.</param>
    /// <param name="launches">The run's launches.</param>
    /// <returns>The manifest with what was measured.</returns>
    /// <exception cref="RunFormatException">A record is damaged.</exception>
    public static RunManifest Complete(RunManifest manifest, LaunchFolder launches)
    {
        var records = launches.ReadAll().OrderBy(record => record.Round).ToLookup(record => record.Name.Measurement);
        return manifest with
        {
            Cells = InParallel.Select(WithFoundRates(manifest, launches), cell => Complete(
                manifest, cell, [.. records[cell.Measurement]], [.. records[new MeasurementId(cell.Id, Load.Closed)]], launches)),
        };
    }

    /// <summary>The cells, and after each the load at the highest rate that was found to meet the limit.</summary>
    private static List<CellFacts> WithFoundRates(RunManifest manifest, LaunchFolder launches) =>
        manifest.Plan is not { FindRate: true } ? [.. manifest.Cells] : [.. manifest.Cells.SelectMany(cell =>
        {
            var band = cell.OpenLoad is null ? launches.ReadBand(cell.Id) : null;
            var found = cell with { Band = band };
            return band?.Met is { } rate && manifest.Cells.All(other => other.Id != cell.Id || other.OpenLoad?.RequestsPerSecond != rate)
                ? new[] { found, cell with { OpenLoad = new Load(rate) } }
                : [found];
        })];

    /// <summary>Outputs are those of the closed load: under an open one the network gives the same.</summary>
    private static CellFacts Complete(
        RunManifest manifest, CellFacts cell, List<LaunchRecord> records, List<LaunchRecord> closed, LaunchFolder launches)
    {
        cell = cell.OpenLoad is null ? cell : cell with { OpenPlan = launches.ReadOpenPlan(cell.Measurement) };
        if (cell.OpenPlan is { WhyNot: { } whyNot } plan)
        {
            return cell with { Status = plan.IsUndecided ? CellStatus.Undecided : CellStatus.Unavailable, Reason = whyNot };
        }

        var inspection = launches.ReadInspection(cell.Id);
        if (records.Count == 0 && inspection is null && cell.Status != CellStatus.Measured)
        {
            return cell;
        }

        cell = cell with
        {
            Status = CellStatus.Pending,
            Reason = null,
            Warnings = [],
            Complaints = Complaint.Together(records.SelectMany(record => launches.ReadSpoken(record.Name)?.Complaints ?? [])),
        };
        var finished = records.FindAll(record => record.IsFinished);
        var failed = records.Find(record => record.Failure is not null);
        var failure = inspection?.Failure ?? failed?.Failure;
        if (failure is null && finished.Count == 0 && closed.Find(record => record.Failure is not null) is { Failure: { } first })
        {
            return cell with
            {
                Status = CellStatus.Failed,
                Reason = $"it was not measured at a rate, because its closed load failed: {first.Reason}",
            };
        }

        if (failure is not null && (finished.Count == 0 || !failure.IsOfSurroundings))
        {
            return cell with { Status = CellStatus.Failed, Reason = failure.Reason };
        }

        if (finished.Count == 0)
        {
            return manifest.Complete
                ? cell with { Status = CellStatus.Failed, Reason = "no launch left a record of this cell; see bdn/benchmark.log." }
                : cell with { Reason = InterruptedEarly };
        }

        List<OutputShare> outputs = [.. closed.Select(record => record.Outputs).OfType<OutputShare>()];
        var measured = Measured(manifest, cell, finished, outputs, inspection);
        return failed?.Failure is not { } lost ? measured : measured with
        {
            Warnings = [.. measured.Warnings, string.Create(CultureInfo.InvariantCulture,
                $"launch {failed.Round} failed, and none was made after it: {lost.Reason}")],
        };
    }

    private static CellFacts Measured(
        RunManifest manifest, CellFacts cell, List<LaunchRecord> records, List<OutputShare> outputs, InspectionRecord? inspection)
    {
        var session = records[0].Session!;
        if (records.Find(record => (record.Session!.Version, record.Session.Device) != (session.Version, session.Device))
            is { Session: { } other })
        {
            return cell with
            {
                Status = CellStatus.Failed,
                Reason = $"its launches ran on different engines or devices: {Described(session)}, then {Described(other)}.",
            };
        }

        if (inspection?.WhyNotOf(session.Device) is { } elsewhere)
        {
            return cell with { Status = CellStatus.Failed, Reason = elsewhere };
        }

        var unlike = records.Find(record => !IsAlike(record.Session!, session));
        var measured = cell with
        {
            Status = CellStatus.Measured,
            EffectivePrecision = inspection?.EffectivePrecision is { Length: > 0 } precision ? precision : null,
            IntegerNodes = inspection?.IntegerNodes,
            WeightyNodes = inspection?.WeightyNodes,
            NodesElsewhere = inspection?.NodesElsewhere ?? [],
            // What the library says of itself counts, not what stands beside it.
            Engine = session.Version is { } version ? $"{cell.Engine?.Split(' ')[0]} {version}" : cell.Engine,
            Device = session.Device,
            EngineSettings = session.Settings,
            Resolved = session.Resolved,
            Threads = Threads(session),
            NotComparable = NotComparable(session),
            Launches = [.. records.Select(record => record.Facts!)],
            Iterations = records.Sum(record => record.Facts!.Requests),
        };
        measured = WithOutputs(manifest, measured, outputs);
        return unlike is null ? measured : measured with
        {
            Warnings = [.. measured.Warnings, string.Create(CultureInfo.InvariantCulture,
                $"launch {unlike.Round} was set otherwise than launch {records[0].Round}: "
                + $"{Settings(unlike.Session!)} instead of {Settings(session)}.")],
        };
    }

    private static bool IsAlike(SessionRecord one, SessionRecord other) => Settings(one) == Settings(other);

    private static string Settings(SessionRecord session) => string.Join(", ", session.Resolved.Concat(session.Settings)
        .OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key}={setting.Value}"));

    private static CellFacts WithOutputs(RunManifest manifest, CellFacts cell, List<OutputShare> shares)
    {
        var facts = manifest.Models.FirstOrDefault(model => model.Id == cell.Model);
        if (facts is { IsJudged: false })
        {
            return cell;
        }

        var expected = facts?.EvaluatedCount ?? 0;
        var score = OutputScore.Of(shares, expected);
        return score.Missing > 0
            ? cell with
            {
                Warnings = [string.Create(CultureInfo.InvariantCulture,
                    $"outputs of {expected - score.Missing} of {expected} images only: "
                    + $"launches are missing, so there is no task metric.")],
            }
            : cell with
            {
                OutputShares = shares,
                TaskMetric = score.Metric,
                Warnings = score.Doubt is { } doubt ? [doubt] : [],
            };
    }

    private static string Described(SessionRecord session) =>
        $"{session.Version ?? "an unknown version"} on {InspectionRecord.Named(session.Device)}";

    private static int? Threads(SessionRecord session) =>
        session.Resolved.TryGetValue("threads", out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
            : null;

    private static string? NotComparable(SessionRecord session) => session.CompatibilityLayer is { } layer
        ? $"measured under {layer}, which imitates what it stands for."
        : session.IsSoftwareDevice ? $"measured on {session.Device}, a program on the processor that stands in for a GPU." : null;
}
