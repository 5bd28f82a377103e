namespace Bench.Analysis.Statistics.Queueing;

/// <summary>The requests of one cycle: from one that finds the streams as free as at the start of every cycle, to the next such one.
/// </summary>
/// <param name="Requests">How many there were; at least 1.</param>
/// <param name="Late">How many of them were answered later than the limit after they were due.</param>
public readonly record struct BusyCycle(int Requests, int Late);
