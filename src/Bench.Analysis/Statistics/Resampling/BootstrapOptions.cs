namespace Bench.Analysis.Statistics.Resampling;

/// <summary>How the bootstrap is done.</summary>
public sealed record BootstrapOptions
{
    /// <summary>The confidence of intervals, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How often launches and iterations are drawn anew; at least 100.</summary>
    public int Replicates { get; init; } = 2000;

    /// <summary>The seed.</summary>
    public int Seed { get; init; } = 1910;

    /// <summary>How many neighbouring iterations are drawn together; null to let their autocorrelation say.</summary>
    public int? BlockLength { get; init; }

    /// <exception cref="ArgumentException">An option is out of range; all faults are named.</exception>
    internal void Check()
    {
        var faults = new List<string>();
        if (!(Level > 0 && Level < 1))
        {
            faults.Add($"found level {Level}; expected a number in (0, 1)");
        }

        if (Replicates < 100)
        {
            faults.Add($"found {Replicates} replicates; expected at least 100");
        }

        if (BlockLength < 1)
        {
            faults.Add($"found block length {BlockLength}; expected at least 1");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"Bootstrap: {string.Join("; ", faults)}.");
        }
    }
}
