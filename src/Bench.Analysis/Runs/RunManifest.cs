using System.Text.Json.Serialization;
using Bench.Analysis.Input;

namespace Bench.Analysis.Runs;

/// <summary>What <c>run.json</c> holds: one execution of the matrix on one machine. What was measured is not in it: it is under
/// <c>launches/</c>, in version 1 under <c>bdn/</c>.</summary>
/// <remarks>The schema is <c>src/Bench.Analysis/Runs/run.schema.json</c>.</remarks>
public sealed record RunManifest
{
    /// <summary>The version of the format that this code writes. It reads all since 1.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The name of the run's folder: start in UTC, machine, commit.</summary>
    public required string Id { get; init; }

    /// <summary>False while the run goes on, and for good if it was interrupted.</summary>
    public bool Complete { get; init; }

    /// <summary>The arguments that the run was started with.</summary>
    public required IReadOnlyList<string> CommandLine { get; init; }

    /// <summary>The seed of everything random in the run; null if its figures are published ones.</summary>
    public ulong? Seed { get; init; }

    /// <summary><c>smoke</c>, <c>gate</c>, <c>default</c> or <c>paper</c>; <c>published</c> for figures of others.</summary>
    public required string Profile { get; init; }

    /// <summary>How much is measured, spelt out; null in runs of version 1.</summary>
    public MeasuringPlan? Plan { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>What the program is made of: a hash over the identities of its compiled parts. Equal builds measure alike, whatever the
    /// state of the source; null in runs of version 1.</summary>
    public string? Build { get; init; }

    /// <summary>The state of Bench's own source.</summary>
    public required GitState Git { get; init; }

    /// <summary>The machine.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>The nodes that a run of several machines of a kind is put together from, in the order of their names; null in a run of
    /// one machine.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Nodes { get; init; }

    /// <summary>Versions of .NET and of packages by name.</summary>
    public required IReadOnlyDictionary<string, string> Software { get; init; }

    /// <summary>The key of the machine in the price catalogue, if the user gave one.</summary>
    public string? Hardware { get; init; }

    /// <summary>What an hour of the machine costs in USD, if the user gave it.</summary>
    public double? UsdPerHour { get; init; }

    /// <summary>Where the figures were published; null if they were measured.</summary>
    public PublishedSource? Published { get; init; }

    /// <summary>Which cells others are compared with.</summary>
    public RunRoles Roles { get; init; } = RunRoles.Standard;

    /// <summary>Whether its launches are those of a search (<c>tune</c>): they choose among configurations, and are no result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsSearch { get; init; }

    /// <summary>The models of the matrix.</summary>
    public required IReadOnlyList<ModelFacts> Models { get; init; }

    /// <summary>The cells of the matrix, measured or not.</summary>
    public required IReadOnlyList<CellFacts> Cells { get; init; }

    /// <summary>Cells that were taken out after the run, with the reasons; null if none were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LeftOutCells>? LeftOut { get; init; }

    /// <summary>The network's file that a cell loads.</summary>
    /// <param name="cell">A cell of this run.</param>
    /// <returns>The file, or null if it is not recorded.</returns>
    public FileFacts? ModelFile(CellFacts cell) => Models.FirstOrDefault(model => model.Id == cell.Model)?.Files.GetValueOrDefault(
        cell.ModelFile ?? Version1.ModelFileOf(cell.Id));

    /// <exception cref="RunFormatException">The run is a search, which nothing may be decided or compared by.</exception>
    internal void ThrowIfSearch(RunFolder folder)
    {
        if (IsSearch)
        {
            throw new RunFormatException(folder.Path, "found the short launches of a search, which choose among configurations and are no "
                + "result; expected the folder above, which has what was confirmed.");
        }
    }

    /// <summary>Whether inferences of any cell took longer on purpose, to try a gate: then the run is for nothing else.</summary>
    [JsonIgnore]
    public bool IsSlowedDown => Cells.Any(cell => cell.SlowedDownBy is not null);
}

/// <summary>Cells that were taken out of a run.</summary>
/// <param name="Pattern">The pattern that they matched.</param>
/// <param name="Count">How many they were.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record LeftOutCells(string Pattern, int Count, string Reason);

/// <summary>Where figures were published.</summary>
/// <param name="Source">Who published them, and where.</param>
/// <param name="Url">An address; null if there is none.</param>
public sealed record PublishedSource(string Source, string? Url = null);

/// <summary>The state of Bench's own source.</summary>
/// <param name="Commit">The commit, 40 hex digits, or <c>unknown</c> outside a repository.</param>
/// <param name="Dirty">Whether files differed from it.</param>
public sealed record GitState(string Commit, bool Dirty);
