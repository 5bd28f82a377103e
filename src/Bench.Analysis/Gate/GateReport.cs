using Bench.Analysis.Comparison;

namespace Bench.Analysis.Gate;

/// <summary>What a gate found.</summary>
/// <param name="SchemaVersion">The version of the JSON.</param>
/// <param name="Outcome">The worst that it found; what cannot be judged is worse than what is shown to be worse.</param>
/// <param name="Findings">All that it looked at.</param>
/// <param name="Comparison">The comparison that it rests on.</param>
public sealed record GateReport(int SchemaVersion, GateOutcome Outcome, IReadOnlyList<GateFinding> Findings, ComparisonReport Comparison)
{
    /// <summary>The version of the JSON that this code writes.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>What rules for some cells said, and for how many; empty without any.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];
}
