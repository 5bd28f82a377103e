namespace Bench.Analysis.Runs;

/// <summary>Names of the reasons why a graphics processor's clock is lower than it could be.</summary>
/// <remarks>
/// The order is that of the bits in https://docs.nvidia.com/deploy/nvml-api/group__nvmlClocksEventReasons.html.
/// </remarks>
public static class ThrottleReasons
{
    /// <summary>The reason that is heat or power, where the hardware does not say which.</summary>
    internal const string HeatOrPower = "hardware-slowdown";

    private const string PowerCap = "power-cap";
    private const string SoftwareHeat = "software-thermal-slowdown";
    private const string HardwareHeat = "hardware-thermal-slowdown";
    private const string PowerBrake = "power-brake";

    // By bit, from the lowest.
    private static readonly string[] Names =
    [
        "idle", "application-clocks", PowerCap, HeatOrPower, "sync-boost", SoftwareHeat, HardwareHeat, PowerBrake, "display-clocks",
    ];

    /// <summary>The reasons that are heat.</summary>
    internal static readonly IReadOnlyList<string> Heat = [SoftwareHeat, HardwareHeat];

    /// <summary>The reasons that are power.</summary>
    internal static readonly IReadOnlyList<string> Power = [PowerCap, PowerBrake];

    /// <summary>Names the bits that are set.</summary>
    /// <param name="bits">As NVML gives them.</param>
    /// <returns>Their names, from the lowest bit; a bit that was not known in 2026 is called <c>bit-</c> and its number.</returns>
    public static IReadOnlyList<string> Of(ulong bits) =>
    [
        .. Enumerable.Range(0, 64).Where(bit => (bits >> bit & 1) != 0)
            .Select(bit => bit < Names.Length ? Names[bit] : FormattableString.Invariant($"bit-{bit}")),
    ];
}
