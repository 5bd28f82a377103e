namespace Bench.Analysis.Runs;

/// <summary>How often a process was stopped because its control groups had used up their quota of processor time.</summary>
/// <remarks>https://docs.kernel.org/scheduler/sched-bwc.html. Of several groups around one another: the one that stopped it most.</remarks>
/// <param name="ThrottledPeriods">Periods in which the quota was used up, 0 or more.</param>
/// <param name="ThrottledMs">For how long in ms, summed over processors, so that it can exceed the time that went by.</param>
public sealed record QuotaThrottling(long ThrottledPeriods, double ThrottledMs);
