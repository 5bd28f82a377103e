namespace Bench.Models.Onnx;

/// <summary>Finds inputs that are places in a table, such as the numbers of words in an embedding: a place beyond its end is an error of
/// the
/// engine, or worse.</summary>
internal static class IndexBounds
{
    private const string Embedding = "com.microsoft.EmbedLayerNormalization";

    // Operators that hand a table on with all its entries where they were.
    private static readonly string[] HandOnTables = ["Identity", "Cast", "DequantizeLinear"];

    // Operators that hand places on without changing them.
    private static readonly string[] HandOnPlaces =
        ["Identity", "Cast", "Unsqueeze", "Squeeze", "Reshape", "Flatten", "Transpose", "Slice", "Expand"];

    /// <summary>Finds bounds.</summary>
    /// <param name="inputs">The names of the network's inputs.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="tensors">Its weights.</param>
    /// <returns>For each input that is a list of places, the length of the shortest table that it is used with.</returns>
    public static Dictionary<string, long> Of(
        IEnumerable<string> inputs, IReadOnlyList<OnnxNode> nodes, IReadOnlyDictionary<string, OnnxTensor> tensors)
    {
        var (originOfPlaces, originOfTables) = (Origins(nodes, HandOnPlaces), Origins(nodes, HandOnTables));
        var names = inputs.ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (places, table, axis) in nodes.SelectMany(Lookups))
        {
            var input = originOfPlaces(places);
            if (names.Contains(input) && tensors.TryGetValue(originOfTables(table), out var weights)
                && (axis < 0 ? axis + weights.Dimensions.Count : axis) is var at && at >= 0 && at < weights.Dimensions.Count)
            {
                var length = weights.Dimensions[(int)at];
                found[input] = Math.Min(length, found.GetValueOrDefault(input, length));
            }
        }

        return found;
    }

    /// <summary>Where a value comes from, past the operators that hand it on. Nodes stand in the order of their work.</summary>
    private static Func<string, string> Origins(IReadOnlyList<OnnxNode> nodes, string[] handOn)
    {
        var origins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            if (handOn.Contains(node.Operator) && node is { Inputs: [var from, ..], Outputs: [var to, ..] })
            {
                origins[to] = origins.GetValueOrDefault(from, from);
            }
        }

        return name => origins.GetValueOrDefault(name, name);
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
