using System.Text.Json.Serialization;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>What one launch left on the disk: <c>launches/&lt;name&gt;.json</c>. It stands there only when the launch has ended.</summary>
public sealed record LaunchRecord
{
    /// <summary>The version of the format.</summary>
    public int SchemaVersion { get; init; } = RunManifest.CurrentSchemaVersion;

    /// <summary>The cell.</summary>
    public required CellId Cell { get; init; }

    /// <summary>The load, as <see cref="Measurements.Load"/> writes it; null for a closed one.</summary>
    [JsonPropertyName("load")]
    public string? LoadText { get; init; }

    /// <summary>The round, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>When the process started.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>When it had measured everything.</summary>
    public required DateTimeOffset EndedUtc { get; init; }

    /// <summary>Why it measured nothing; null if it did.</summary>
    public LaunchFailure? Failure { get; init; }

    /// <summary>What it saw beside its timings; null if it failed.</summary>
    public LaunchFacts? Facts { get; init; }

    /// <summary>What it ran on; null if it failed.</summary>
    public SessionRecord? Session { get; init; }

    /// <summary>What the network gave, and how good that is; null if it failed or had no image to process.</summary>
    public OutputShare? Outputs { get; init; }

    /// <summary>What was measured under which load, and in which round.</summary>
    [JsonIgnore]
    public LaunchName Name => new(new MeasurementId(Cell, Load.Parse(LoadText ?? string.Empty)), Round);

    /// <summary>Whether it measured what it should.</summary>
    [JsonIgnore]
    public bool IsFinished => this is { Failure: null, Facts: not null, Session: not null };
}

/// <summary>Why a launch, or the inspection before it, gave up.</summary>
/// <param name="Reason">One sentence or a few: what was found, what was expected, what to do.</param>
/// <param name="Type">The kind of exception, or <c>process</c> if the process ended without a word.</param>
public sealed record LaunchFailure(string Reason, string Type)
{
    /// <summary>The type of a failure of which only the end of the process is known.</summary>
    public const string OfProcess = "process";

    // What the disk, the system or a signal did says nothing of the network: only these may be tried again, and take nothing from others.
    private static readonly string[] OfFiles = [typeof(IOException).FullName!, typeof(UnauthorizedAccessException).FullName!];
    private static readonly string[] OfSurroundings = [OfProcess, .. OfFiles];

    /// <summary>Whether what surrounds the launch ended it (a signal, a full disk, a crash of the process) rather than the network or the
    /// engine's answer. Launches that were finished count all the same.</summary>
    [JsonIgnore]
    public bool IsOfSurroundings => OfSurroundings.Contains(Type);

    /// <summary>Whether a file could not be read or written: the same launch may succeed once the disk is free.</summary>
    [JsonIgnore]
    public bool IsOfDisk => OfFiles.Contains(Type);
}

/// <summary>What a session ran on, and how the engine was set.</summary>
public sealed record SessionRecord
{
    /// <summary>The engine's version, as the loaded library itself says; null to leave what was found on disk.</summary>
    public string? Version { get; init; }

    /// <summary>The device's name and driver; null for the machine's processor.</summary>
    public string? Device { get; init; }

    /// <summary>Whether that device is a program on the processor that stands in for a graphics processor.</summary>
    public bool IsSoftwareDevice { get; init; }

    /// <summary>The engine's settings that are not its defaults, or that matter.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What the engine really took for each knob: <c>threads</c>, <c>affinity</c>, <c>device</c> and those
    /// that were set.</summary>
    public IReadOnlyDictionary<string, string> Resolved { get; init; } = new Dictionary<string, string>();

    /// <summary>SHA-256 in lower-case hex of what the engine built for the network; null where it builds nothing.</summary>
    public string? EngineSha256 { get; init; }

    /// <summary>The device's place, as NVIDIA's tools write it; null where it is not known.</summary>
    public string? PciBusId { get; init; }

    /// <summary>The device's own number, as NVIDIA's tools write it; null where it is not known.</summary>
    public string? Uuid { get; init; }

    /// <summary>Windows' number for the graphics adapter, in hex; null elsewhere.</summary>
    public string? Luid { get; init; }

    /// <summary>What imitates the machine for the process; null if nothing does.</summary>
    public string? CompatibilityLayer { get; init; }
}

/// <summary>A launch's share of the evaluation images: what the network gave, and how good that is.</summary>
public sealed record OutputShare
{
    /// <summary>The file with the outputs, relative to the run folder: an image for each entry of the first axis, in the order of
    /// <see cref="Images"/>. Launches that gave the same have the same file.</summary>
    public required string File { get; init; }

    /// <summary>The numbers of the evaluation images, from 0, ascending.</summary>
    public required IReadOnlyList<int> Images { get; init; }

    /// <summary>What the mean of <see cref="Metric"/> is called; null without labels.</summary>
    public string? MetricName { get; init; }

    /// <summary>What <see cref="Graded"/> is called; null without labels.</summary>
    public string? GradedName { get; init; }

    /// <summary>For each image: 1 or 0 for a right or wrong class, or Dice; null without labels.</summary>
    public IReadOnlyList<double>? Metric { get; init; }

    /// <summary>For each image the finer number that cells are compared by; null without labels.</summary>
    public IReadOnlyList<double>? Graded { get; init; }

    /// <summary>For each image Dice of each class, null for a class that neither its mask nor the truth has; null where masks have one
    /// class,
    /// and where there are none.</summary>
    public IReadOnlyList<IReadOnlyList<double?>>? ByClass { get; init; }

    /// <summary>For each image the share of its mask that is inside, in [0, 1]; null where outputs are no masks.</summary>
    public IReadOnlyList<double>? Inside { get; init; }

    /// <summary>How many images were processed twice, outside the clock.</summary>
    public int Repeated { get; init; }

    /// <summary>The largest absolute difference between the two outputs of an image that was processed twice; 0 if bitwise equal.</summary>
    public double MaxRepeatDifference { get; init; }
}
