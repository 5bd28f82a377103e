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

/// <summary>A graphics processor.</summary>
/// <remarks>What is not known of it is left out of every file, so that the reports of old runs stay what they were.</remarks>
/// <param name="Name">Its name.</param>
/// <param name="Driver">The driver's version.</param>
public sealed record GpuFacts(string Name, string Driver)
{
    /// <summary>Where it is plugged in: <c>00000000:17:00.0</c>; null if not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PciBusId { get; init; }

    /// <summary>Its maker's own number of it: <c>GPU-…</c>; null if not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Uuid { get; init; }

    /// <summary>Its memory in bytes; null if not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? MemoryBytes { get; init; }

    /// <summary>The power that it may draw, in watts; null if not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PowerLimitWatts { get; init; }

    /// <summary>Whether it is divided into parts (NVIDIA's multi-instance GPU); null if it cannot be, or if not told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsDivided { get; init; }
}

/// <summary>The machine.</summary>
/// <remarks>What version 1 did not record and is not known is left out of every file, so that the reports of old runs stay what
/// they were.</remarks>
public sealed record MachineFacts
{
    /// <summary>Its host name, cut down to letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary><c>linux</c>, <c>windows</c> or <c>macos</c>.</summary>
    public required string Os { get; init; }

    /// <summary>The operating system as it describes itself.</summary>
    public required string OsVersion { get; init; }

    /// <summary><c>x64</c> or <c>arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The processor's name.</summary>
    public required string Cpu { get; init; }

    /// <summary>Physical cores; null if unknown.</summary>
    public int? PhysicalCores { get; init; }

    /// <summary>Logical cores that the system shows; null if the figures are published and do not say.</summary>
    public int? LogicalCores { get; init; }

    /// <summary>How many cores' time the process may use: the container's quota, else the logical cores; null if the figures are published
    /// and do not say.</summary>
    public double? CpuQuota { get; init; }

    /// <summary>The kinds of cores, the strongest first; null if all are alike, or where it cannot be told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CoreKind>? CoreKinds { get; init; }

    /// <summary>The most logical processors that a core has; null where it cannot be told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ThreadsPerCore { get; init; }

    /// <summary>All caches of the last level that the process may use, in bytes; null where it cannot be told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LastLevelCacheBytes { get; init; }

    /// <summary>Who chooses the processor's clock, for example <c>performance</c>; several with commas; null where it cannot be
    /// told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CpuGovernor { get; init; }

    /// <summary>Whether the clock may exceed its nominal value (turbo, boost); null where it cannot be told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? CpuBoost { get; init; }

    /// <summary>The processor's instructions that add up products of bytes (<c>avx512_vnni</c>, <c>asimddp</c>, …); empty where it has
    /// none, null in runs that did not record it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Integer8Instructions { get; init; }

    /// <summary>Memory in bytes; null if unknown.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Graphics processors.</summary>
    public IReadOnlyList<GpuFacts> Gpus { get; init; } = [];

    /// <summary>What imitates the operating system or the processor for the program, for example <c>Wine 8.0</c>; null if nothing does.
    /// Times taken so say nothing.</summary>
    public string? CompatibilityLayer { get; init; }

    /// <summary>What it runs under (<c>kvm</c>, <c>vmware</c>, …); null on bare metal or where it cannot be told.</summary>
    public string? Virtualisation { get; init; }
}

/// <summary>A model of the matrix.</summary>
public sealed record ModelFacts
{
    /// <summary>The name in cell ids.</summary>
    public required string Id { get; init; }

    /// <summary>One line on it.</summary>
    public required string Title { get; init; }

    /// <summary><c>classification</c>, <c>segmentation</c> or <c>none</c>.</summary>
    public required string Task { get; init; }

    /// <summary>What goes in; null in runs that did not record it.</summary>
    public IReadOnlyList<InputFacts>? Inputs { get; init; }

    /// <summary>What comes out; null in runs that did not record it.</summary>
    public IReadOnlyList<OutputFacts>? Outputs { get; init; }

    /// <summary>Whether labels say what the right answers are; null in runs that did not record it, which all had labels.</summary>
    public bool? HasLabels { get; init; }

    /// <summary>How whole volumes are processed; null where an input is no window of one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VolumeFacts? Volume { get; init; }

    /// <summary>What else a reader must know of the network, one sentence each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Whether an output is kept and compared.</summary>
    [JsonIgnore]
    public bool IsJudged => Outputs is null || Outputs.Any(output => output.IsJudged);

    /// <summary>SHA-256 and length of the network's files: by precision for ONNX, with <c>tensorflow-</c> before it
    /// for frozen graphs.</summary>
    public required IReadOnlyDictionary<string, FileFacts> Files { get; init; }

    /// <summary>SHA-256 of the evaluation images and labels; null if nobody published them.</summary>
    public string? DataSha256 { get; init; }

    /// <summary>How many evaluation images there are.</summary>
    public required int DataCount { get; init; }

    /// <summary>How many of them, from the first, this run's profile evaluates.</summary>
    public required int EvaluatedCount { get; init; }

    /// <summary>How far graded scores of two cells may be apart and still count as equivalent; null for the default of 0.01.</summary>
    public double? EquivalenceMargin { get; init; }

    /// <summary>The share of images that may differ by more than that and the outputs still count as equivalent;
    /// null for the default of 0.05.</summary>
    public double? ToleratedShare { get; init; }
}

/// <summary>How whole volumes are processed by a network that takes windows of them.</summary>
/// <param name="Size">The length of each axis of a volume, in voxels.</param>
/// <param name="Window">The length of each axis of a window, in voxels.</param>
/// <param name="Overlap">The share of a window that it shares with the next, in [0, 1).</param>
/// <param name="Mirrors">Along how many axes windows are mirrored.</param>
/// <param name="Folds">How many networks process every window.</param>
/// <param name="Inferences">How many inferences a volume takes, all of that together.</param>
public sealed record VolumeFacts(
    IReadOnlyList<int> Size, IReadOnlyList<int> Window, double Overlap, int Mirrors, int Folds, long Inferences);

/// <summary>What goes into a network.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">The length of each axis, the batch included.</param>
/// <param name="From">Where the numbers come from, in a few words.</param>
public sealed record InputFacts(string Name, string Type, IReadOnlyList<int> Shape, string From);

/// <summary>What comes out of a network.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">The length of each axis, the batch included; -1 for one that depends on the numbers that go in.</param>
/// <param name="IsJudged">Whether it is the one that is kept, compared and scored.</param>
public sealed record OutputFacts(string Name, string Type, IReadOnlyList<int> Shape, bool IsJudged);

/// <summary>A file of a network.</summary>
/// <param name="Sha256">SHA-256 in lower-case hex.</param>
/// <param name="Bytes">Its length.</param>
public sealed record FileFacts(string Sha256, long Bytes)
{
    /// <summary>SHA-256 in lower-case hex of the network with its weights that the file was made from; null in runs of version 1, where it
    /// is its own source.</summary>
    public string? Source { get; init; }

    /// <summary>How it was made from the source, in one line; null for the source itself.</summary>
    public string? Recipe { get; init; }

    /// <summary>Whether two files are the same network: by their sources if both are told, else by the files themselves.</summary>
    /// <param name="other">The other file, of the same format and number format.</param>
    public bool IsSameNetworkAs(FileFacts other) =>
        Source is { } source && other.Source is { } otherSource ? source == otherSource : Sha256 == other.Sha256;
}
