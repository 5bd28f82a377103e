using System.Text.Json.Serialization;

namespace Bench.Analysis.Runs;

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
