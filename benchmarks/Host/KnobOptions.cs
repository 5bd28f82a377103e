using Bench.Analysis.Measurements;
using Bench.Inference.Knobs;

namespace Bench.Benchmarks.Host;

/// <summary><c>--set</c>: knobs and their values, combined to variants.</summary>
internal static class KnobOptions
{
    /// <param name="set">Texts as <c>layout=nchw,nhwc</c>.</param>
    /// <param name="backends">The backends of the run: at least one must have each knob.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>Every combination of the values; one without any knob if none is set.</returns>
    public static IReadOnlyList<Variant> Read(IReadOnlyList<string> set, IReadOnlyList<string> backends, List<string> faults)
    {
        IReadOnlyList<Variant> variants = [Variant.None];
        foreach (var (name, values) in Settings(set, backends, faults))
        {
            variants = [.. variants.SelectMany(variant => values.Select(value => variant.With(name, value)))];
        }

        return [.. variants.Distinct()];
    }

    /// <returns>The names, and their values; null stands for the default.</returns>
    private static IEnumerable<(string Name, IReadOnlyList<string?> Values)> Settings(
        IReadOnlyList<string> set, IReadOnlyList<string> backends, List<string> faults)
    {
        var seen = new HashSet<string>();
        foreach (var text in set)
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, { Length: > 0 } list]
                || !Variant.IsName(name) || KnobCatalogue.Find(name) is not { } knob)
            {
                faults.Add($"--set: found '{text}'; expected NAME=VALUE[,VALUE] of one of "
                    + $"{string.Join(", ", KnobCatalogue.All.Select(known => known.Name))}.");
                continue;
            }

            var values = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var wrong = values.Select(knob.Check).OfType<string>().ToList();
            if (values.Length == 0)
            {
                wrong.Add($"{name}: found no value; expected {knob.Expected}.");
            }

            if (!seen.Add(name))
            {
                wrong.Add($"{name}: found twice; expected once, with all its values.");
            }

            if (backends.Count > 0 && backends.All(backend => knob.WhyNot(backend) is not null))
            {
                wrong.Add($"{name}: no backend of the run has it: {knob.WhyNot(backends[0])}");
            }

            faults.AddRange(wrong.Select(fault => $"--set: {fault}"));
            if (wrong.Count == 0)
            {
                yield return (name, [.. values.Select(value => value == knob.Default ? null : value)]);
            }
        }
    }
}
