namespace Bench.Benchmarks.Host;

/// <summary>The texts that stand on the command line, as they are.</summary>
internal sealed record RawOptions
{
    public string Profile { get; init; } = "default";

    public string Models { get; init; } = "all";

    public string Backends { get; init; } = "all";

    public string Precisions { get; init; } = "all";

    public IReadOnlyList<string> Filters { get; init; } = [];

    public IReadOnlyList<string> Exporters { get; init; } = [];

    public string? Output { get; init; }

    public string? Hardware { get; init; }

    public string? UsdPerHour { get; init; }

    public ulong Seed { get; init; } = 1910;

    public string? OrtLibrary { get; init; }

    public bool AllowFallback { get; init; }

    public bool AllowSoftwareDevice { get; init; }

    public string? SlowDown { get; init; }

    public IReadOnlyList<string> Set { get; init; } = [];

    public int? Launches { get; init; }

    public int? Builds { get; init; }

    public string? Until { get; init; }

    public string? Budget { get; init; }

    public string? Resume { get; init; }

    public bool Verbose { get; init; }

    public IReadOnlyList<string> CommandLine { get; init; } = [];
}
