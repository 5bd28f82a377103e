using System.Text.Json;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Engines;

namespace Bench.Benchmarks.Launches;

/// <summary>What all processes of a run share: everything is prepared, they only load, run and record.</summary>
internal sealed record LaunchPlan
{
    /// <summary>The run's folder, where each launch leaves what it measured.</summary>
    public required string RunPath { get; init; }

    /// <summary>A file that appears when the user wants to stop.</summary>
    public required string CancelFile { get; init; }

    /// <summary>The seed of the order of images.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How much is measured.</summary>
    public required MeasuringPlan Measuring { get; init; }

    /// <summary>How large the pool of images must be at least: more than the last-level cache.</summary>
    public required long PoolBytes { get; init; }

    /// <summary>A folder for what an engine builds once and keeps.</summary>
    public required string Cache { get; init; }

    /// <summary>Libraries that the user named.</summary>
    public EngineLibraries Libraries { get; init; } = EngineLibraries.None;

    /// <summary>Whether a cell counts although parts that matter ran elsewhere.</summary>
    public bool AllowFallback { get; init; }

    /// <summary>What takes longer on purpose; null in an honest run.</summary>
    public SlowDown? SlowDown { get; init; }

    /// <summary>The models by name.</summary>
    public required IReadOnlyDictionary<string, PlannedModel> Models { get; init; }

    /// <summary>Which build of an engine's own file a launch uses: builds differ, and are a level of replication as launches are.</summary>
    /// <param name="round">The round, from 1.</param>
    public int BuildOf(int round) => ((round - 1) % Measuring.Builds) + 1;

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, LaunchJson.Options));

    public static LaunchPlan Read(string path) => JsonSerializer.Deserialize<LaunchPlan>(File.ReadAllBytes(path), LaunchJson.Options)!;
}

/// <summary>How plans are written between processes of the same build.</summary>
internal static class LaunchJson
{
    // By reflection: source generation forgets the defaults of init-only properties.
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
