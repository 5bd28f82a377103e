namespace Bench.Models.Onnx;

/// <summary>What is known of inputs that are places in a table, such as the numbers of words in an embedding: a place beyond its end is an
/// error of the engine, or worse.</summary>
public sealed class IndexBounds
{
    /// <summary>Nothing.</summary>
    public static readonly IndexBounds None = new();

    private const string Embedding = "com.microsoft.EmbedLayerNormalization";

    // Operators that hand a table on with all its entries where they were.
    private static readonly string[] HandOnTables = ["Identity", "Cast", "DequantizeLinear"];

    // Operators that hand places on without changing them.
    private static readonly string[] HandOnPlaces =
        ["Identity", "Cast", "Unsqueeze", "Squeeze", "Reshape", "Flatten", "Transpose", "Expand", "Concat", "Tile"];

    // Operators that take some of many: what holds for these need not hold for the others.
    private static readonly string[] TakeSome = ["Gather", "Slice", "Split"];

    // Operators that change places a little: some are hidden, or moved.
    private static readonly string[] ChangePlaces = ["Mul", "Where", "Clip", "Max", "Min", "Mod"];
    private static readonly string[] MovePlaces = ["Add", "Sub"];

    private readonly Dictionary<string, long> _sure = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _likely = new(StringComparer.Ordinal);

    private IndexBounds()
    {
    }

    /// <summary>What the numbers of an input must be below; null if that is not known.</summary>
    /// <param name="input">Its name.</param>
    public long? Of(string input) => _sure.TryGetValue(input, out var bound) ? bound : null;

    /// <summary>What the numbers of an input had better be below, where they are changed before they are places; null if that is not known.
    /// </summary>
    /// <param name="input">Its name.</param>
    public long? Likely(string input) => _likely.TryGetValue(input, out var bound) ? bound : null;

    /// <summary>Finds bounds.</summary>
    /// <param name="inputs">The names of the network's inputs.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="tensors">Its weights.</param>
    internal static IndexBounds Find(
        IEnumerable<string> inputs, IReadOnlyList<OnnxNode> nodes, IReadOnlyDictionary<string, OnnxTensor> tensors)
    {
        var bounds = new IndexBounds();
        var makers = nodes.SelectMany(node => node.Outputs.Select(output => (output, node)))
            .GroupBy(made => made.output, StringComparer.Ordinal)
            .ToDictionary(made => made.Key, made => made.First().node, StringComparer.Ordinal);
        var names = inputs.ToHashSet(StringComparer.Ordinal);
        foreach (var (places, table, axis) in nodes.SelectMany(Lookups))
        {
            if (tensors.TryGetValue(OriginOfTable(table, makers), out var weights)
                && (axis < 0 ? axis + weights.Dimensions.Count : axis) is var at && at >= 0 && at < weights.Dimensions.Count)
            {
                bounds.Follow(places, weights.Dimensions[(int)at], names, makers);
            }
        }

        return bounds;
    }

    private static string OriginOfTable(string table, Dictionary<string, OnnxNode> makers)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Add(table) && makers.TryGetValue(table, out var node) && HandOnTables.Contains(node.Operator)
            && node.Inputs is [var from, ..])
        {
            table = from;
        }

        return table;
    }

    /// <summary>Goes from places back to the inputs that they are made of.</summary>
    private void Follow(string places, long bound, HashSet<string> inputs, Dictionary<string, OnnxNode> makers)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Not by recursion: nobody knows how long a chain of a foreign file is.
        var open = new Stack<(string Name, long Bound, bool IsSure)>([(places, bound, true)]);
        while (open.TryPop(out var value))
        {
            if (!seen.Add(value.Name))
            {
                continue;
            }

            if (inputs.Contains(value.Name))
            {
                var known = value.IsSure ? _sure : _likely;
                known[value.Name] = Math.Min(value.Bound, known.GetValueOrDefault(value.Name, value.Bound));
            }
            else if (makers.TryGetValue(value.Name, out var node))
            {
                foreach (var (from, below, isSure) in Sources(node, value.Bound))
                {
                    open.Push((from, below, value.IsSure && isSure));
                }
            }
        }
    }

    /// <summary>What places are made of by a node, what that had better be below, and whether it must.</summary>
    private static IEnumerable<(string Name, long Below, bool IsSure)> Sources(OnnxNode node, long bound)
    {
        if (HandOnPlaces.Contains(node.Operator))
        {
            return node.Inputs.Take(node.Operator == "Concat" ? node.Inputs.Count : 1).Select(from => (from, bound, true));
        }

        if (TakeSome.Contains(node.Operator))
        {
            return node.Inputs.Take(1).Select(from => (from, bound, false));
        }

        // What hides places is not one.
        var changed = node.Inputs.Where(from => !from.Contains("mask", StringComparison.OrdinalIgnoreCase));
        return ChangePlaces.Contains(node.Operator) ? changed.Select(from => (from, bound, false))
            : MovePlaces.Contains(node.Operator) ? changed.Select(from => (from, Math.Max(1, bound / 2), false))
            : [];
    }

    private static IEnumerable<(string Places, string Table, long Axis)> Lookups(OnnxNode node)
    {
        if (node is { Operator: "Gather" or "GatherElements", Inputs: [var table, var places, ..] })
        {
            yield return (places, table, node.Axis);
        }

        // https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md: words, segments, then the three tables.
        if (node is { Operator: Embedding, Inputs: [var words, var segments, var wordTable, _, var segmentTable, ..] })
        {
            yield return (words, wordTable, 0);
            yield return (segments, segmentTable, 0);
        }
    }
}
