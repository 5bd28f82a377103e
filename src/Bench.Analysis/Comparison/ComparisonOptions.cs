using Bench.Analysis.Cost;

namespace Bench.Analysis.Comparison;

/// <summary>How two sides are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>From which relative change of time on it matters, unless a cell has a threshold of its own; above 0.</summary>
    public double Threshold { get; init; } = CellThresholds.Standard.Time;

    /// <summary>The thresholds of cells, by name; null for <see cref="Threshold"/> for all.</summary>
    public Func<string, CellThresholds>? ThresholdsOf { get; init; }

    /// <summary>
    /// A pattern of cells that cannot have changed, <c>*</c> standing for anything: what their times do, the machine did, and it is taken
    /// out of all others launch by launch. Null for none.
    /// </summary>
    public string? Control { get; init; }

    /// <summary>A pattern of the cells or benchmarks that are compared; the others are left out. Null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>How runs of the same code differ on this machine; null if nobody measured it.</summary>
    public NoiseFile? Noise { get; init; }

    /// <summary>The cells of one run that are compared with others of it; null to compare two runs.</summary>
    public CellPairing? Pairing { get; init; }

    /// <summary>The confidence of the ratios' intervals, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>What the user says about prices.</summary>
    public required RunPrice Price { get; init; }

    /// <exception cref="ArgumentException">An option is out of range; all faults are named.</exception>
    internal void Check()
    {
        var faults = new List<string>();
        if (!(Threshold > 0 && double.IsFinite(Threshold)))
        {
            faults.Add(FormattableString.Invariant($"found threshold {Threshold}; expected a number above 0"));
        }

        if (!(Level > 0 && Level < 1))
        {
            faults.Add(FormattableString.Invariant($"found level {Level}; expected a number in (0, 1)"));
        }

        if (Pairing is not null && Control is not null)
        {
            faults.Add("found --control and --base-cell; cells of one run need no control, since they are paired round by round");
        }

        if (Pairing is not null && Noise is not null)
        {
            faults.Add("found --noise and --base-cell; cells of one run are paired round by round, and how runs differ is no matter");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException($"Comparison: {string.Join("; ", faults)}.");
        }
    }

    /// <summary>The thresholds of a cell.</summary>
    internal CellThresholds For(string name) => ThresholdsOf?.Invoke(name) ?? new CellThresholds(Threshold, Threshold);
}

/// <summary>Which cells of one run are compared with which: those for which the stars stand for the same.</summary>
/// <param name="Base">The pattern of the base cells, for example <c>*/ort-cpu@1.30.0/*</c>.</param>
/// <param name="Current">The pattern of the cells that are compared with them, with as many stars.</param>
public sealed record CellPairing(string Base, string Current);
