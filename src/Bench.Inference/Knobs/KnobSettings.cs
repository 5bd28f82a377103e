using System.Collections;
using System.Globalization;

namespace Bench.Inference.Knobs;

/// <summary>Knobs and their values, of which only those that differ from their defaults are kept. Immutable; equal by content.</summary>
public sealed class KnobSettings : IEquatable<KnobSettings>, IEnumerable<KeyValuePair<string, string>>
{
    /// <summary>Every knob has its default.</summary>
    public static readonly KnobSettings None = new([]);

    private readonly SortedDictionary<string, string> _values;

    private KnobSettings(IEnumerable<KeyValuePair<string, string>> values) =>
        _values = new SortedDictionary<string, string>(new Dictionary<string, string>(values), StringComparer.Ordinal);

    /// <summary>The value of a knob: the one that was set, or its default.</summary>
    /// <param name="name">The knob's name.</param>
    /// <exception cref="ArgumentException">There is no such knob.</exception>
    public string this[string name] => _values.TryGetValue(name, out var value)
        ? value
        : KnobCatalogue.Find(name)?.Default ?? throw new ArgumentException(Unknown(name), nameof(name));

    /// <summary>Reads names and values.</summary>
    /// <param name="values">Each name once, in any order.</param>
    /// <returns>The settings, without what has its default.</returns>
    /// <exception cref="ArgumentException">A knob does not exist, stands twice, or has no such value; the message names all faults.
    /// </exception>
    public static KnobSettings Of(IEnumerable<KeyValuePair<string, string>> values)
    {
        var all = values.ToList();
        var faults = all.Select(knob => KnobCatalogue.Find(knob.Key) is { } known ? known.Check(knob.Value) : Unknown(knob.Key))
            .OfType<string>()
            .Concat(all.GroupBy(knob => knob.Key).Where(same => same.Count() > 1)
                .Select(same => $"{same.Key}: found {same.Count()} values; expected one."))
            .ToList();
        return faults.Count == 0
            ? new KnobSettings(all.Where(knob => knob.Value != KnobCatalogue.Find(knob.Key)!.Default))
            : throw new ArgumentException(string.Join(' ', faults), nameof(values));
    }

    /// <summary>Says why a backend cannot run with these settings.</summary>
    /// <param name="backendId">The backend, with or without a version.</param>
    /// <returns>The first reason; null if it can.</returns>
    public string? WhyNot(string backendId) =>
        _values.Select(knob => KnobCatalogue.Find(knob.Key)!.WhyNot(backendId, knob.Value)).FirstOrDefault(reason => reason is not null);

    /// <summary>The number of threads that was set; null to leave number and affinity to the engine.</summary>
    internal int? Threads() =>
        _values.TryGetValue(KnobCatalogue.Threads, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    /// <summary>How many images a request has.</summary>
    public int Batch => int.Parse(this[KnobCatalogue.Batch], CultureInfo.InvariantCulture);

    /// <summary>How many requests are in flight.</summary>
    public int Streams => int.Parse(this[KnobCatalogue.Streams], CultureInfo.InvariantCulture);

    /// <summary>The same with some knobs at their defaults.</summary>
    internal KnobSettings Without(params string[] names) => new(_values.Where(knob => !names.Contains(knob.Key)));

    /// <summary>Whether a knob was set to something else than its default.</summary>
    internal bool IsSet(string name) => _values.ContainsKey(name);

    /// <inheritdoc/>
    public bool Equals(KnobSettings? other) => other is not null && _values.SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as KnobSettings);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(0, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The settings as a person writes them: <c>graph=on, layout=nhwc</c>; empty if there are none.</summary>
    public override string ToString() => string.Join(", ", _values.Select(knob => $"{knob.Key}={knob.Value}"));

    private static string Unknown(string name) =>
        $"found the knob '{name}'; expected one of {string.Join(", ", KnobCatalogue.All.Select(knob => knob.Name))}.";
}
