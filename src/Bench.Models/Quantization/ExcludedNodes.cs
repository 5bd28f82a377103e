using Bench.Models.Onnx;

namespace Bench.Models.Quantization;

/// <summary>Nodes that stay in 32-bit floats on request.</summary>
internal static class ExcludedNodes
{
    private const string First = "first";
    private const string Last = "last";

    /// <summary>Finds them.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="names">Names of nodes, or of what they give; <c>first</c> and <c>last</c> are the first and the last node with weights,
    /// unless a node is called so.</param>
    /// <returns>The nodes.</returns>
    /// <exception cref="NotSupportedException">No node has a name; the message names some that there are.</exception>
    public static IReadOnlySet<NodeProto> Of(GraphProto graph, IReadOnlyCollection<string> names)
    {
        var found = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var name in names)
        {
            var nodes = graph.Node.Where(node => node.Name == name || node.Output.Contains(name)).ToList();
            if (nodes.Count == 0 && (name switch
            {
                First => graph.Node.FirstOrDefault(IntegerNodes.HasWeights),
                Last => graph.Node.LastOrDefault(IntegerNodes.HasWeights),
                _ => null,
            }) is { } end)
            {
                nodes.Add(end);
            }

            if (nodes.Count == 0)
            {
                var some = graph.Node.Where(IntegerNodes.HasWeights).Select(node => node.Name.Length > 0 ? node.Name : node.Output[0])
                    .Take(3);
                throw new NotSupportedException($"found no node '{name}', which is to stay in fp32; expected {First}, {Last}, "
                    + $"or the name of a node or of what it gives, such as {string.Join(", ", some)}.");
            }

            found.UnionWith(nodes);
        }

        return found;
    }
}
