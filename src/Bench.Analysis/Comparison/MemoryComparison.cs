using Bench.Analysis.Exports;

namespace Bench.Analysis.Comparison;

/// <summary>
/// What MemoryDiagnoser counted on both sides. Bytes are judged exactly, as far as they are printed; collections are shown and not judged.
/// </summary>
/// <param name="Base">The base's; null where it was not counted.</param>
/// <param name="Current">The current one; null where it was not counted.</param>
/// <param name="Threshold">By how much the bytes may grow, as rules write it.</param>
/// <param name="Verdict">What is shown of the bytes.</param>
public sealed record MemoryComparison(ExportedMemory? Base, ExportedMemory? Current, string Threshold, AllocationVerdict Verdict)
{
    // Bytes are whole; the last bits of numbers that were computed from shares and printed kilobytes say nothing.
    private const double Tolerance = 1e-3;
    private const double LastBits = 4e-16;

    /// <summary>Whether a side tells its bytes and the other one does not.</summary>
    internal bool IsOnOneSide => (Base?.Allocated is null) != (Current?.Allocated is null);

    /// <summary>By what factor the bytes grew; infinite from nothing, 1 where nothing is known of a side.</summary>
    internal double Ratio => (Base?.Allocated, Current?.Allocated) switch
    {
        ({ Bytes: var before }, { Bytes: var now }) => before == now ? 1 : now / before,
        _ => 1,
    };

    /// <summary>Compares what two sides tell.</summary>
    /// <param name="baseline">The base's memory; null where it was not counted.</param>
    /// <param name="current">The current memory; null where it was not counted.</param>
    /// <param name="threshold">By how much the bytes may grow.</param>
    /// <returns>The comparison; null where neither side tells anything.</returns>
    internal static MemoryComparison? Of(ExportedMemory? baseline, ExportedMemory? current, AllocationThreshold threshold) =>
        baseline is null && current is null ? null
        : new MemoryComparison(baseline, current, threshold.ToString(), Judge(baseline?.Allocated, current?.Allocated, threshold));

    private static AllocationVerdict Judge(AllocatedBytes? before, AllocatedBytes? now, AllocationThreshold threshold)
    {
        if (before is null || now is null)
        {
            return AllocationVerdict.NotCompared;
        }

        var (fromLow, fromHigh) = (Math.Max(0, before.Bytes - before.Rounding), before.Bytes + before.Rounding);
        var (toLow, toHigh) = (Math.Max(0, now.Bytes - now.Rounding), now.Bytes + now.Rounding);
        var isRounded = before.Rounding > 0 || now.Rounding > 0;

        // What is rounded up to the border is below it on the one side and at least it on the other, so that different texts are different
        // numbers.
        var most = threshold.Allowed(fromHigh);
        return IsAbove(toLow, most) || (before.Rounding > 0 && !IsAbove(most, toLow)) ? AllocationVerdict.More
            : toHigh < fromLow || (isRounded && !IsAbove(toHigh, fromLow)) ? AllocationVerdict.Fewer
            : !isRounded && toHigh == fromLow ? AllocationVerdict.Same
            : IsAbove(toHigh, threshold.Allowed(fromLow)) ? AllocationVerdict.Inconclusive
            : AllocationVerdict.Allowed;
    }

    private static bool IsAbove(double one, double other) => one > other + Math.Max(Tolerance, LastBits * other);
}
