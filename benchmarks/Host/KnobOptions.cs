using Bench.Analysis.Measurements;
using Bench.Inference.Knobs;

namespace Bench.Benchmarks.Host;

/// <summary>Knobs and their values on the command line, combined to variants: <c>--set</c>, and the options that some knobs have.</summary>
internal static class KnobOptions
{
    /// <summary>The word for the numbers of streams that are worth a try.</summary>
    public const string Auto = "auto";

    private const string SetOption = "--set";

    /// <param name="given">What stands on the command line.</param>
    /// <param name="backends">The backends of the run: at least one must have each knob.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>Every combination of the values; one without any knob if none is set.</returns>
    public static IReadOnlyList<Variant> Read(GivenOptions given, IReadOnlyList<string> backends, List<string> faults) =>
        Read(
        [
            .. Of(given.Result.GetValue(given.Options.Batch), KnobCatalogue.Batch),
            .. Of(given.Result.GetValue(given.Options.Streams), KnobCatalogue.Streams),
            .. Of(given.Result.GetValue(given.Options.Threads), KnobCatalogue.Threads),
            .. (given.Result.GetValue(given.Options.Set) ?? []).Select(text => (SetOption, text)),
        ],
        backends, faults);

    /// <param name="set">Options, and texts as <c>layout=nchw,nhwc</c>.</param>
    /// <param name="backends">The backends of the run: at least one must have each knob.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>Every combination of the values; one without any knob if none is set.</returns>
    internal static IReadOnlyList<Variant> Read(
        IReadOnlyList<(string Option, string Text)> set, IReadOnlyList<string> backends, List<string> faults)
    {
        IReadOnlyList<Variant> variants = [Variant.None];
        foreach (var (name, values) in Settings(set, backends, faults))
        {
            variants = [.. variants.SelectMany(variant => values.Select(value => variant.With(name, value)))];
        }

        return [.. variants.Distinct()];
    }

    private static IEnumerable<(string Option, string Text)> Of(string? values, string knob) =>
        values is null ? [] : [($"--{knob}", $"{knob}={values}")];

    /// <returns>The names, and their values; null stands for the default.</returns>
    private static IEnumerable<(string Name, IReadOnlyList<string?> Values)> Settings(
        IReadOnlyList<(string Option, string Text)> set, IReadOnlyList<string> backends, List<string> faults)
    {
        var seen = new HashSet<string>();
        foreach (var (option, text) in set)
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, var list]
                || !Variant.IsName(name) || KnobCatalogue.Find(name) is not { } knob || (option == SetOption && list.Length == 0))
            {
                faults.Add($"{option}: found '{text}'; expected NAME=VALUE[,VALUE] of one of "
                    + $"{string.Join(", ", KnobCatalogue.All.Select(known => known.Name))}.");
                continue;
            }

            var values = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var wrong = values.Where(value => !(name == KnobCatalogue.Streams && value == Auto)).Select(knob.Check).OfType<string>()
                .ToList();
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
            else if (wrong.Count == 0 && backends.Count > 0 && values.FirstOrDefault(value => value != Auto
                && backends.All(backend => knob.WhyNot(backend, value) is not null)) is { } nobodys)
            {
                var having = backends.First(backend => knob.WhyNot(backend) is null);
                var others = knob.BackendsWith(nobodys);
                wrong.Add($"{name}: no backend of the run has {nobodys}: {knob.WhyNot(having, nobodys)}"
                    + (others.Count > 0 ? $" Name one that has it with --backends: {string.Join(", ", others)}." : string.Empty));
            }

            // An option that is named as its knob says the name already.
            faults.AddRange(wrong.Select(fault => option == SetOption ? $"{option}: {fault}" : $"--{fault}"));
            if (wrong.Count == 0)
            {
                yield return (name, [.. values.Select(value => value == knob.Default ? null : value)]);
            }
        }
    }
}
