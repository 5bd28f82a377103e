namespace Bench.Analysis.Statistics;

/// <summary>A sum that keeps what rounding would lose. Neumaier 1974, https://doi.org/10.1002/zamm.19740540106.</summary>
internal struct NeumaierSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum so far.</summary>
    public readonly double Value => _sum + _lost;

    /// <summary>Adds a finite number.</summary>
    public void Add(double value)
    {
        var sum = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - sum + value : value - sum + _sum;
        _sum = sum;
    }
}
