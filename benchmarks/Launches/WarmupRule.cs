using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Launches;

/// <summary>Says when a warm-up is over: when it had enough requests and time, and its latencies no longer move.</summary>
/// <remarks>Latencies no longer move when the medians of the last two blocks agree within 1 %. A block has at least five requests and a
/// quarter of a second. After the longest time the warm-up ends anyway, and is recorded as unstable.</remarks>
/// <param name="requests">How many requests it has at least.</param>
/// <param name="seconds">How many seconds it lasts at least.</param>
/// <param name="longestSeconds">After how many seconds it ends, whatever latencies do.</param>
internal sealed class WarmupRule(int requests, double seconds, double longestSeconds)
{
    private const int BlockRequests = 5;
    private const double BlockMs = 250;
    private const double Agreement = 0.01;

    private readonly List<double> _block = [];
    private double _blockMs;
    private double _totalMs;
    private double? _lastMedian;

    /// <param name="plan">How much is measured.</param>
    public WarmupRule(MeasuringPlan plan)
        : this(plan.WarmupRequests, plan.WarmupSeconds, plan.LongestWarmupSeconds)
    {
    }

    /// <summary>How many requests there were.</summary>
    public int Requests { get; private set; }

    /// <summary>How long they took.</summary>
    public double Seconds => _totalMs / 1000;

    /// <summary>Whether the last two blocks agree.</summary>
    public bool IsStable { get; private set; }

    /// <summary>The median of the last whole block in ms; of what there is before the first one.</summary>
    public double MedianMs => _lastMedian ?? Median(_block);

    /// <summary>Takes the next latency.</summary>
    /// <param name="latencyMs">It, in ms.</param>
    /// <returns>Whether the warm-up is over.</returns>
    public bool Add(double latencyMs)
    {
        Requests++;
        _totalMs += latencyMs;
        _block.Add(latencyMs);
        _blockMs += latencyMs;
        if (_block.Count >= BlockRequests && _blockMs >= BlockMs)
        {
            EndBlock();
        }

        return IsOver();
    }

    /// <summary>Takes a block of requests that were sent side by side.</summary>
    /// <param name="latenciesMs">Their latencies in ms; at least one.</param>
    /// <param name="ms">How long all of them took together, in ms.</param>
    /// <returns>Whether the warm-up is over.</returns>
    public bool AddBlock(ReadOnlySpan<double> latenciesMs, double ms)
    {
        Requests += latenciesMs.Length;
        _totalMs += ms;
        _block.AddRange(latenciesMs);
        EndBlock();
        return IsOver();
    }

    private void EndBlock()
    {
        var median = Median(_block);
        IsStable = _lastMedian is { } last && Math.Abs(median - last) <= Agreement * last;
        _lastMedian = median;
        _block.Clear();
        _blockMs = 0;
    }

    private bool IsOver() => Requests >= requests && Seconds >= seconds && (IsStable || Seconds >= longestSeconds);

    private static double Median(List<double> values)
    {
        if (values.Count == 0)
        {
            return 0;
        }

        var sorted = values.ToArray();
        Array.Sort(sorted);
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
