namespace Bench.Analysis.Comparison;

/// <summary>From which change on a cell's time, cost and allocations matter.</summary>
/// <param name="Time">Of its time; above 0. That of tails is twice as much.</param>
/// <param name="Cost">Of its cost; above 0.</param>
public sealed record CellThresholds(double Time, double Cost)
{
    /// <summary>Of its images per second; above 0.</summary>
    public double Throughput { get; init; } = Time;

    /// <summary>5 % of time and cost.</summary>
    public static readonly CellThresholds Standard = new(0.05, 0.05);

    /// <summary>By how much the bytes that an operation allocates may grow; not at all by default.</summary>
    public AllocationThreshold Allocation { get; init; }
}
