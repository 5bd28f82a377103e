using System.Text.Json.Serialization;
using Bench.Analysis.Cost;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Reports;

/// <summary>What one or more runs found, ready to be written as markdown or JSON.</summary>
/// <param name="SchemaVersion">The version of the JSON.</param>
/// <param name="Runs">The runs, in the order given.</param>
/// <param name="Models">A table for each model.</param>
/// <param name="CostModel">How times and prices became costs.</param>
public sealed record Report(int SchemaVersion, IReadOnlyList<RunSummary> Runs, IReadOnlyList<ModelReport> Models, CostModel CostModel)
{
    /// <summary>The version of <c>report.json</c> that this code writes.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>Whether any cell was measured.</summary>
    public bool HasMeasurements => Models.Any(model => model.Rows.Any(row => row.Status is CellStatus.Measured or CellStatus.Published));

    /// <summary>Whether every run ran to its end and every cell was measured or cannot run on its machine.</summary>
    public bool IsComplete => HasMeasurements && Runs.All(run => run.Complete)
        && Models.All(model => model.Rows.All(row => row.Status
            is CellStatus.Measured or CellStatus.Published or CellStatus.Unavailable or CellStatus.Undecided));
}

/// <summary>Where a run was made, and what its machine costs.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Complete">Whether it ran to its end.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="StartedUtc">When it started.</param>
/// <param name="SlowedDownBy">The largest share that inferences took longer on purpose; null in an honest run.</param>
/// <param name="Published">Where its figures were published; null if they were measured.</param>
/// <param name="Git">The state of Bench's source.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Software">Versions by name.</param>
/// <param name="Engines">The engines that were measured.</param>
/// <param name="Prices">What an hour of each device costs that cells ran on, or why that is unknown.</param>
public sealed record RunSummary(
    string Id,
    bool Complete,
    string Profile,
    DateTimeOffset StartedUtc,
    double? SlowedDownBy,
    PublishedSource? Published,
    GitState Git,
    MachineFacts Machine,
    IReadOnlyDictionary<string, string> Software,
    IReadOnlyList<EngineSummary> Engines,
    IReadOnlyList<DevicePrice> Prices)
{
    /// <summary>Cells that were taken out after the run; null if none were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LeftOutCells>? LeftOut { get; init; }

    /// <summary>The nodes that it is put together from; null of a run of one machine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Nodes { get; init; }

    /// <summary>How its settings were found; null if nobody searched.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TuneRecord? Tune { get; init; }

    /// <summary>Whether its launches are those of a search, and no result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSearch { get; init; }

    /// <summary>Which of its cells the others are compared with.</summary>
    [JsonIgnore]
    public RunRoles Roles { get; init; } = RunRoles.Standard;
}

/// <summary>An engine that a backend was measured with.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Engine">Engine and version.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Device">What it ran on; null for the machine's processor.</param>
/// <param name="Settings">Its settings that are not its defaults, or that matter.</param>
public sealed record EngineSummary(
    string Backend, string Engine, string? Source, string? Device, IReadOnlyDictionary<string, string> Settings);
