using Bench.Analysis.Comparison;
using Bench.Analysis.Input;

namespace Bench.Analysis.Gate;

/// <summary>The rules of a gate: for all cells, and for cells whose names match a pattern.</summary>
/// <param name="Defaults">The rule for all cells; null in it are <see cref="GateRule.MinimumMetric"/>,
/// <see cref="GateRule.ThroughputThreshold"/>, <see cref="GateRule.CostThreshold"/> and <see cref="GateRule.AllocationThreshold"/> where no
/// rule names them.</param>
/// <param name="Cells">Rules by pattern, <c>*</c> standing for anything; of several that match, the last one counts.</param>
/// <param name="Path">The file that they come from; null without one.</param>
public sealed record GateRules(GateRule Defaults, IReadOnlyList<KeyValuePair<string, GateRule>> Cells, string? Path)
{
    private const long MaximumBytes = 1L << 20;

    /// <summary>5 % for time and cost, 1 % for the size of the model, 0.01 for accuracy and Dice; outputs must be equivalent.</summary>
    public static readonly GateRules Standard = new(
        new GateRule { Threshold = 0.05, SizeThreshold = 0.01, MetricMargin = 0.01, RequireEquivalence = true }, [], null);

    /// <summary>Reads rules from a file.</summary>
    /// <param name="path">A JSON file; the README shows one.</param>
    /// <returns>The rules; what the file leaves open is as in <see cref="Standard"/>.</returns>
    /// <exception cref="RunFormatException">The file is missing, damaged, or has rules that make no sense;
    /// all of them are named.</exception>
    public static GateRules Read(string path) => InputFile.Read(
        path,
        MaximumBytes,
        _ => "found more than a megabyte; expected the rules of a gate.",
        () => Parse(File.ReadAllBytes(path), path));

    internal static GateRules Parse(ReadOnlySpan<byte> json, string path)
    {
        var file = GateRulesFile.Read(json, path);
        var cells = (file.Cells ?? []).ToList();
        var faults = new List<string>();
        if (file.SchemaVersion != 1)
        {
            faults.Add(file.SchemaVersion == 0 ? "schemaVersion is missing; expected \"schemaVersion\": 1"
                : $"schemaVersion is {file.SchemaVersion}; expected 1");
        }

        faults.AddRange((file.All ?? new GateRule()).Faults("all: "));
        if (file.All?.MayBeMissing is not null)
        {
            faults.Add("all: found mayBeMissing; expected it in rules for named cells alone");
        }

        faults.AddRange(
            cells.SelectMany(cell => cell.Value is null ? [$"{cell.Key}: is null; expected a rule"] : cell.Value.Faults($"{cell.Key}: ")));
        return faults.Count == 0
            ? new GateRules((file.All ?? new GateRule()).Over(Standard.Defaults), cells, path)
            : throw new RunFormatException(path, $"{string.Join("; ", faults)}.");
    }

    /// <summary>The rule for a cell.</summary>
    /// <param name="name">The cell's name.</param>
    /// <returns>The rule.</returns>
    public GateRule For(string name) => Cells
        .Where(cell => CellPattern.Matches(cell.Key, name))
        .Aggregate(Defaults, (rule, cell) => cell.Value.Over(rule));

    /// <summary>The thresholds of a cell: what a rule allows of the time it allows of images per second and of the cost too, unless a
    /// rule names another share.</summary>
    /// <param name="name">The cell's name.</param>
    /// <returns>The thresholds.</returns>
    public CellThresholds Thresholds(string name)
    {
        var rule = For(name);
        return new CellThresholds(rule.Threshold!.Value, rule.CostThreshold ?? rule.Threshold.Value)
        {
            Throughput = rule.ThroughputThreshold ?? rule.Threshold.Value,
            Allocation = rule.AllocationThreshold ?? default,
        };
    }

    /// <summary>What the rules for some cells say, and for how many; empty without any.</summary>
    /// <param name="names">The names of all cells.</param>
    /// <returns>A line for each rule.</returns>
    public IReadOnlyList<string> Describe(IReadOnlyCollection<string> names) =>
    [
        .. Cells.Select(cell => (cell, Count: names.Count(name => CellPattern.Matches(cell.Key, name)))).Select(entry =>
            $"`{entry.cell.Key}`: {entry.cell.Value.Text} ("
                + (entry.Count == 0 ? "matches nothing" : FormattableString.Invariant($"{entry.Count} of {names.Count}")) + ")"),
    ];

    /// <summary>Refuses patterns that mean nothing here: a misspelt one would quietly leave a cell to the defaults. What may be missing
    /// may be gone on both sides.</summary>
    /// <param name="names">The names of all cells.</param>
    /// <exception cref="RunFormatException">A pattern matches no cell.</exception>
    public void CheckPatterns(IReadOnlyCollection<string> names)
    {
        var unused = Cells.Where(cell => cell.Value.MayBeMissing != true).Select(cell => cell.Key)
            .Where(pattern => !names.Any(name => CellPattern.Matches(pattern, name))).ToList();
        if (unused.Count > 0)
        {
            var known = names.Order(StringComparer.Ordinal).FirstOrDefault();
            throw new RunFormatException(Path ?? "rules", $"{string.Join(" and ", unused.Select(pattern => $"'{pattern}'"))} match nothing "
                + "on either side; expected patterns of whole names"
                + $"{(known is null ? string.Empty : $" such as '{known}'")}, * standing for anything.");
        }
    }
}
