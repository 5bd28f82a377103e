namespace Bench.Analysis.Timings;

/// <summary>Every timed inference of one cell, launch by launch.</summary>
/// <param name="CellId">The cell.</param>
/// <param name="Launches">For each launch the latencies in ms, in the order in which they were measured. None is empty.</param>
public sealed record CellTimings(string CellId, IReadOnlyList<IReadOnlyList<double>> Launches)
{
    /// <summary>All latencies in ms, one launch after the other.</summary>
    public IEnumerable<double> All => Launches.SelectMany(launch => launch);

    /// <summary>How many there are.</summary>
    public int Count => Launches.Sum(launch => launch.Count);
}
