using Bench.Analysis.Decision;

namespace Bench.Analysis.Study;

/// <summary>The study recomputed from its own tables.</summary>
/// <param name="Costs">Table 1, recomputed.</param>
/// <param name="Ratios">Table 2, as ratios to the TensorFlow baseline.</param>
/// <param name="Decisions">What to buy, as figure 3 has it: with the accuracy loss of FP16 accepted, then without.</param>
/// <param name="Claims">Every claim.</param>
public sealed record StudyReport(
    IReadOnlyList<RecomputedCost> Costs, IReadOnlyList<RecomputedRatio> Ratios, IReadOnlyList<StudyDecision> Decisions,
    IReadOnlyList<Claim> Claims)
{
    /// <summary>How many of table 1's costs follow from its times.</summary>
    public int CostsReproduced => Costs.Count(cost => cost.IsReproduced);
}

/// <summary>A cost of table 1.</summary>
/// <param name="Model">The model.</param>
/// <param name="Hardware">The hardware.</param>
/// <param name="Precision">The precision.</param>
/// <param name="MsPerImage">The printed time.</param>
/// <param name="UsdPerHour">The price of an hour that the hardware's costs imply.</param>
/// <param name="Printed">The printed cost in USD per million images.</param>
/// <param name="Recomputed">What follows from time and price.</param>
/// <param name="LowestUsdPerHour">The lowest price of an hour that gives the printed cost, whatever was rounded.</param>
/// <param name="HighestUsdPerHour">The highest one.</param>
public sealed record RecomputedCost(
    string Model,
    string Hardware,
    string Precision,
    double MsPerImage,
    double UsdPerHour,
    double Printed,
    double Recomputed,
    double LowestUsdPerHour,
    double HighestUsdPerHour)
{
    /// <summary>How far a recomputed cost may be off: half a cent, the rounding of the printed one.</summary>
    public const double Tolerance = 0.005;

    /// <summary>Whether the printed cost follows.</summary>
    public bool IsReproduced => Math.Abs(Recomputed - Printed) <= Tolerance;
}

/// <summary>A time of table 2 against the TensorFlow baseline.</summary>
/// <param name="Model">The model.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Device">The device.</param>
/// <param name="MsPerImage">The printed time.</param>
/// <param name="AgainstBaseline">That time over the baseline's; below 1 is faster.</param>
public sealed record RecomputedRatio(string Model, string Engine, string Device, double MsPerImage, double AgainstBaseline);

/// <summary>A decision from table 1.</summary>
/// <param name="MaxAccuracyDrop">How much accuracy may be lost.</param>
/// <param name="Decision">The decision.</param>
public sealed record StudyDecision(double MaxAccuracyDrop, ModelDecision Decision);
