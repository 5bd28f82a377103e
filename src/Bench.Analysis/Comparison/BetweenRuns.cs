using MathNet.Numerics.Distributions;

namespace Bench.Analysis.Comparison;

/// <summary>How much of a ratio's interval is owed to runs that differ although the code is the same.</summary>
/// <remarks>
/// <para>Launches of one run say nothing of the next run. What does: cells that cannot have changed, pairs within one run, or repeated
/// runs. Each gives a variance on the logarithmic scale, which is added in quadrature to what launches explain, each with its own degrees
/// of freedom (MOVER; Zou and Donner 2008, https://doi.org/10.1002/sim.3095).</para>
/// <para>Where nothing is known, 5 % a run stands in: the upper 97.5 % limit of the busier of the recorded traces
/// (tests/Bench.Simulations), and 15 % a side with a single launch: between the root mean square of means (10.6 %) and of medians (16.4 %)
/// of public pairs of unchanged code. So a change of about a fifth is a regression without evidence, and one of three fifths
/// with a single launch.</para>
/// </remarks>
/// <param name="Kind">What is known.</param>
internal sealed record BetweenRuns(RunEvidence Kind)
{
    /// <summary>By how much a cell differs from run to run for itself, as no control sees, as a share.</summary>
    public const double OwnDeviation = 0.004;

    /// <summary>By how much a run as a whole may differ from the next one where nothing is known.</summary>
    public const double UnknownDeviation = 0.05;

    /// <summary>The same of a side with a single launch.</summary>
    public const double SingleLaunchDeviation = 0.15;

    /// <summary>By how much the control may follow the machine more, or less, than the cell does:
    /// the same engine, network and precision.</summary>
    public const double PinnedSlopeDeviation = 0.1;

    /// <summary>The same for a control of another kind.</summary>
    public const double OtherSlopeDeviation = 0.5;

    /// <summary>What the control cells did between the runs, on the logarithmic scale; 0 without any.</summary>
    public double Drift { get; init; }

    /// <summary>Whether the control is of the same engine, network and precision.</summary>
    public bool IsPinned { get; init; }

    /// <summary>What repeated runs say; null without any.</summary>
    public NoiseVariance? Noise { get; init; }

    /// <summary>How many launches each side has; of use where nothing else is known.</summary>
    public (int Base, int Current) Launches { get; init; }

    /// <summary>The square of the half-width that it adds, on the logarithmic scale.</summary>
    /// <param name="level">The confidence of the interval, in (0, 1).</param>
    public double SquaredHalfWidth(double level)
    {
        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        var slope = (IsPinned ? PinnedSlopeDeviation : OtherSlopeDeviation) * Drift;
        return Kind switch
        {
            RunEvidence.Control => z * z * ((2 * OwnDeviation * OwnDeviation) + (slope * slope)),
            RunEvidence.Paired => z * z * 2 * OwnDeviation * OwnDeviation,
            RunEvidence.NoiseFile => Noise!.SquaredHalfWidth(level),
            RunEvidence.ControlAndNoiseFile => Noise!.SquaredHalfWidth(level) + (z * z * slope * slope),
            RunEvidence.Unknown => z * z * 2 * UnknownDeviation * UnknownDeviation,
            _ => z * z * (Unknown(Launches.Base) + Unknown(Launches.Current)),
        };
    }

    /// <summary>The part of a typical time's own half-width that is already in the variance of repeated runs, squared.</summary>
    /// <param name="level">The confidence of the interval, in (0, 1).</param>
    /// <param name="subject">What is compared: only the typical time is what repeated runs were compared by.</param>
    public double Contained(double level, TimeSubject subject)
    {
        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        return Noise is not null && subject == TimeSubject.Typical ? z * z * 2 * Noise.Within : 0;
    }

    private static double Unknown(int launches) =>
        launches == 1 ? SingleLaunchDeviation * SingleLaunchDeviation : UnknownDeviation * UnknownDeviation;
}

/// <summary>How repeated runs of the same code scatter, on the logarithmic scale.</summary>
/// <param name="Runs">How many runs; at least 3.</param>
/// <param name="Total">The variance of their levels.</param>
/// <param name="Within">What their launches explain of that, on average.</param>
public sealed record NoiseVariance(int Runs, double Total, double Within)
{
    /// <summary>By how much runs differ beyond what their launches explain, as a standard deviation.</summary>
    public double Between => Math.Sqrt(Math.Max(0, Total - Within));

    /// <summary>The square of the half-width of the difference of two further runs: Student's t, an exact prediction interval
    /// for normal levels.</summary>
    internal double SquaredHalfWidth(double level)
    {
        var t = StudentT.InvCDF(0, 1, Runs - 1, (1 + level) / 2);
        return t * t * 2 * Total;
    }
}
