using Bench.Analysis.Measurements;
using Bench.Models;

namespace Bench.Benchmarks.Tuning;

/// <summary>What a search is asked for.</summary>
/// <param name="Quality">What is asked of outputs.</param>
/// <param name="Budget">How long it may take.</param>
/// <param name="Knobs">The values that the user named, by knob; the others are searched as <see cref="TuneSpace"/> has them.</param>
/// <param name="Precisions">The precisions that the user named; null for those that suit an engine.</param>
internal sealed record TuneAsked(
    TuneQuality Quality, TuneBudget Budget, IReadOnlyDictionary<string, IReadOnlyList<string?>> Knobs,
    IReadOnlyList<Precision>? Precisions)
{
    /// <summary>How many short launches every configuration has, instead of a search; null for a search.</summary>
    public int? Exhaustive { get; init; }

    /// <summary>How requests arrive under which the limit must be met; null for a closed load.</summary>
    public Load? Load { get; init; }
}
