namespace Bench.Analysis.Comparison;

/// <summary>From which relative change on a cell's time and cost matter.</summary>
/// <param name="Time">Of its time; above 0. That of tails is twice as much.</param>
/// <param name="Cost">Of its cost; above 0.</param>
public sealed record CellThresholds(double Time, double Cost)
{
    /// <summary>5 % of both.</summary>
    public static readonly CellThresholds Standard = new(0.05, 0.05);
}
