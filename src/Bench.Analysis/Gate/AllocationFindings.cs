using Bench.Analysis.Comparison;

namespace Bench.Analysis.Gate;

/// <summary>What a gate says of the bytes that an operation allocates. Collections are counts of chance, and are not judged.</summary>
internal static class AllocationFindings
{
    private const string HowToCount = "use [MemoryDiagnoser] or --memory on both sides";

    public static IEnumerable<GateFinding> Of(CellComparison cell, GateRule rule)
    {
        // With "any" nothing is asked for, and nothing can be missing.
        var isAsked = rule.AllocationThreshold is { IsAny: false };
        if (rule.AllocationThreshold is { IsAny: true })
        {
            yield break;
        }

        if (cell.Memory is not { } memory || memory.Verdict == AllocationVerdict.NotCompared)
        {
            if (isAsked)
            {
                var where = cell.IsCell ? "runs of Bench do not tell"
                    : cell.Memory is not { IsOnOneSide: true } ? "neither side tells"
                    : cell.Memory.Base?.Allocated is null ? "the base does not tell"
                    : "the current side does not tell";
                var toDo = cell.IsCell ? "leave allocationThreshold out for them" : HowToCount;
                yield return Finding(GateOutcome.Invalid, $"not compared: a rule asks for allocated bytes, and {where} them; {toDo}.");
            }
            else if (cell.Memory is { IsOnOneSide: true, Base.Allocated: not null })
            {
                yield return Finding(
                    GateOutcome.Inconclusive,
                    $"not compared: the base tells its bytes and the current side does not; {HowToCount}, or allow it by rule "
                        + "(\"allocationThreshold\": \"any\").");
            }

            yield break;
        }

        var outcome = memory.Verdict switch
        {
            AllocationVerdict.More => GateOutcome.Regression,
            AllocationVerdict.Inconclusive => GateOutcome.Inconclusive,
            _ => GateOutcome.Passed,
        };
        var why = outcome == GateOutcome.Inconclusive
            ? "not shown to have risen beyond its rounding, nor the contrary: a table rounds. Take a JSON export, or allow as much by "
                + "rule (allocationThreshold)"
            : null;
        yield return Finding(outcome, $"{memory.Bytes()} an operation (allowed {Allowed(memory.Threshold)})", why);

        GateFinding Finding(GateOutcome found, string text, string? why = null) => new(cell.Name, GateSubject.Allocated, found, text, why);
    }

    private static string Allowed(string threshold) => threshold == "0" ? "no growth" : $"{threshold} more";
}
