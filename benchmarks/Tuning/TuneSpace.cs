using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Benchmarks.Host;
using Bench.Inference;
using Bench.Inference.Knobs;
using Bench.Models;

namespace Bench.Benchmarks.Tuning;

/// <summary>The settings that are searched where nobody names others: what may change the cost of a backend.</summary>
internal static class TuneSpace
{
    private const string Spinning = "ep.session.intra_op.allow_spinning";

    // From so many numbers of streams on fewer batches are tried with them.
    private const int ManyStreams = 3;

    /// <summary>The precisions of a backend that are worth a search.</summary>
    /// <param name="backend">The backend.</param>
    /// <param name="asked">The precisions that the user named; null for none.</param>
    public static IReadOnlyList<Precision> Precisions(IBackend backend, IReadOnlyList<Precision>? asked) =>
        asked ?? [.. Models.Precisions.All.Where(backend.Precisions.Contains)
            .Where(precision => precision == Precision.Int8 || DefaultMatrix.Has(backend, precision, isOfUser: false))];

    /// <summary>The settings of a backend.</summary>
    /// <param name="backend">The backend's id.</param>
    /// <param name="cores">The cores that may be used.</param>
    /// <param name="asked">Values by knob that the user named: they take the place of those that are here.</param>
    public static IReadOnlyList<Variant> Variants(string backend, int cores, IReadOnlyDictionary<string, IReadOnlyList<string?>> asked)
    {
        IEnumerable<Variant> variants = [Variant.None];
        var knobs = Values(BackendCatalogue.NameOf(backend), cores);
        foreach (var (knob, values) in knobs.Where(entry => !asked.ContainsKey(entry.Knob))
            .Concat(asked.Select(entry => (entry.Key, entry.Value)))
            .Where(entry => KnobCatalogue.Find(entry.Item1)!.WhyNot(backend) is null))
        {
            variants = [.. variants.SelectMany(variant => values.Select(value => variant.With(knob, value)))];
        }

        // Page-locked memory and a recorded graph are worth it together or not at all.
        return [.. variants.Where(variant => asked.ContainsKey("graph") || asked.ContainsKey("host-memory")
            || (variant["graph"] is null) == (variant["host-memory"] is null)).Distinct()];
    }

    private static IEnumerable<(string Knob, IReadOnlyList<string?> Values)> Values(string backend, int cores)
    {
        var streams = StreamChoices.Auto(backend, cores).ToList();
        var isOnProcessor = KnobCatalogue.IsOnProcessor(backend);
        yield return (KnobCatalogue.Batch, isOnProcessor ? streams.Count > ManyStreams ? Numbers(1, 4) : Numbers(1, 2, 4, 8)
            : backend == "ort-cuda" ? Numbers(1, 8, 32, 128) : Numbers(1, 8, 32));
        yield return (KnobCatalogue.Streams, Numbers([.. isOnProcessor ? streams : streams.Where(count => count <= 2)]));
        if (backend == BackendCatalogue.ReferenceId)
        {
            yield return (KnobCatalogue.Optimisation, [null, "extended"]);
            yield return (Spinning, [null, "0"]);
        }

        if (backend is "ort-cuda" or "ort-tensorrt")
        {
            yield return ("graph", [null, "on"]);
            yield return ("host-memory", [null, "page-locked"]);
        }

        if (backend == "ort-cuda")
        {
            yield return ("layout", [null, "nhwc"]);
        }
    }

    private static IReadOnlyList<string?> Numbers(params IReadOnlyList<int> numbers) =>
        [.. numbers.Select(number => number == 1 ? null : number.ToString(CultureInfo.InvariantCulture))];
}
