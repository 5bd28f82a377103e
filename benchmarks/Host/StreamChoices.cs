using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Inference.Knobs;

namespace Bench.Benchmarks.Host;

/// <summary>Which numbers of streams are worth a try, and which a machine has no cores for.</summary>
internal static class StreamChoices
{
    private static readonly int[] OnDevices = [1, 2, 4];

    /// <summary>The cores that this process may use: an engine starts a thread for each physical one.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="allowed">The logical processors that this process may use; null to ask the system.</param>
    public static int Cores(MachineFacts machine, int? allowed = null)
    {
        var processors = allowed ?? Environment.ProcessorCount;
        var cores = Math.Min(machine.PhysicalCores ?? machine.LogicalCores ?? processors, processors);
        return machine.CpuQuota is { } quota ? Math.Max(1, Math.Min(cores, (int)quota)) : cores;
    }

    /// <summary>The numbers that <c>auto</c> stands for: divisors of the cores, so that each stream has as many as the others; on a device
    /// 1, 2 and 4.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="cores">The cores that may be used.</param>
    public static IEnumerable<int> Auto(string backend, int cores) =>
        KnobCatalogue.IsOnProcessor(backend) ? Enumerable.Range(1, cores).Where(streams => cores % streams == 0) : OnDevices;

    /// <summary>A variant with numbers for <c>auto</c>.</summary>
    /// <param name="variant">The variant as it was asked for.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="cores">The cores that may be used.</param>
    public static IEnumerable<Variant> Resolve(Variant variant, string backend, int cores) =>
        variant[KnobCatalogue.Streams] != KnobOptions.Auto ? [variant]
            : Auto(backend, cores).Select(streams => variant.With(
                KnobCatalogue.Streams, streams == 1 ? null : streams.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Says why a processor cannot have so many streams unless somebody wants it all the same.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="backend">Its backend.</param>
    /// <param name="cores">The cores that may be used.</param>
    /// <returns>The reason; null if it can.</returns>
    public static string? WhyNot(CellId cell, string backend, int cores) =>
        KnobCatalogue.IsOnProcessor(backend) && cell.Streams > cores && cell.Variant["threads"] is null
            ? string.Create(CultureInfo.InvariantCulture,
                $"streams={cell.Streams} takes more threads than the {cores} {(cores == 1 ? "core" : "cores")} that may be used; ")
                + "say --threads 1 to measure it all the same."
            : null;
}
