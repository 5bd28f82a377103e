namespace Bench.Inference;

/// <summary>What a session runs on, and how the engine was set.</summary>
public sealed record SessionFacts
{
    /// <summary>Nothing to tell.</summary>
    public static readonly SessionFacts None = new();

    /// <summary>The <c>device</c> of sessions on the machine's processor.</summary>
    public const string Processor = "processor";

    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>A device's name as <see cref="Device"/> has it: a comma divides it from its driver in reports.</summary>
    internal static string PlainDevice(string name) => name.Replace(",", string.Empty, StringComparison.Ordinal).Trim();

    /// <summary>The engine's version, as the loaded library itself says; null to leave what was found on disk.</summary>
    public string? Version { get; init; }

    /// <summary>The device's name and driver; null for the machine's processor.</summary>
    public string? Device { get; init; }

    /// <summary>Whether that device is a program on the processor that stands in for a graphics processor.</summary>
    public bool IsSoftwareDevice { get; init; }

    /// <summary>The device's place, as NVIDIA's tools write it: <c>0000:18:00.0</c>; null where it is not known.</summary>
    public string? PciBusId { get; init; }

    /// <summary>The device's own number, as NVIDIA's tools write it: <c>GPU-</c> and a UUID; null where it is not known.</summary>
    public string? Uuid { get; init; }

    /// <summary>Windows' number for the graphics adapter until the next start, in hex; null elsewhere.</summary>
    public string? Luid { get; init; }

    /// <summary>SHA-256 in lower-case hex of what the engine built for the network; null where it builds nothing.</summary>
    public string? EngineSha256 { get; init; }

    /// <summary>The engine's settings that are not its defaults, or that matter.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = Nothing;

    /// <summary>
    /// What the engine really took: <c>threads</c> (a number, or <c>unknown</c>), <c>affinity</c> (<c>none</c>, the processors that each
    /// thread may use, or <c>unknown</c>), <c>device</c>, and the value of every knob that was set.
    /// </summary>
    public IReadOnlyDictionary<string, string> Resolved { get; init; } = Nothing;
}
