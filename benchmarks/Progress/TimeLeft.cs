namespace Bench.Benchmarks.Progress;

/// <summary>Estimates how long a run will still take, from how long the launches of each cell took so far.</summary>
/// <param name="cells">How many launches each cell will have.</param>
internal sealed class TimeLeft(IReadOnlyDictionary<string, int> cells)
{
    private readonly Dictionary<string, (int Count, TimeSpan Total)> _taken = [];
    private readonly Dictionary<string, int> _done = [];

    /// <summary>A launch has ended, or was skipped.</summary>
    /// <param name="cell">Its cell.</param>
    /// <param name="taken">How long it took; null if it was skipped.</param>
    public void Ended(string cell, TimeSpan? taken)
    {
        _done[cell] = _done.GetValueOrDefault(cell) + 1;
        if (taken is { } time)
        {
            var (count, total) = _taken.GetValueOrDefault(cell);
            _taken[cell] = (count + 1, total + time);
        }
    }

    /// <summary>How long a launch took on average; null before anything has ended.</summary>
    public TimeSpan? Typical => _taken.Count == 0 ? null
        : _taken.Values.Aggregate(TimeSpan.Zero, (sum, cell) => sum + cell.Total) / _taken.Values.Sum(cell => cell.Count);

    /// <summary>What is left; null before anything has ended.</summary>
    /// <param name="elapsed">How long the launch that runs has run.</param>
    public TimeSpan? Estimate(TimeSpan elapsed)
    {
        // A cell that had no launch yet takes as long as the others did.
        if (Typical is not { } typical)
        {
            return null;
        }

        var left = cells.Aggregate(TimeSpan.Zero, (sum, cell) =>
            sum + (Math.Max(0, cell.Value - _done.GetValueOrDefault(cell.Key)) * (_taken.TryGetValue(cell.Key, out var taken)
                ? taken.Total / taken.Count
                : typical)));
        return left > elapsed ? left - elapsed : TimeSpan.Zero;
    }
}
