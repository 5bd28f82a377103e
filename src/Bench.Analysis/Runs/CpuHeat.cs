namespace Bench.Analysis.Runs;

/// <summary>How often the processor lowered its clock for heat in a period.</summary>
/// <remarks>https://docs.kernel.org/arch/x86/x86_64/machinecheck.html: counted for cores, and for packages.</remarks>
/// <param name="CoreThrottles">How often the core did to which it happened most, 0 or more; null where it is not counted.</param>
/// <param name="PackageThrottles">The same of packages.</param>
public sealed record CpuHeat(long? CoreThrottles, long? PackageThrottles);
