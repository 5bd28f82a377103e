namespace Bench.Analysis.Runs;

/// <summary>The clock of the logical processors that a process may run on, at one moment, in MHz.</summary>
/// <param name="MeanMHz">The mean over them, above 0; idle ones count.</param>
/// <param name="MinimumMHz">The slowest.</param>
/// <param name="MaximumMHz">The fastest.</param>
public sealed record CpuClock(double MeanMHz, double MinimumMHz, double MaximumMHz);
