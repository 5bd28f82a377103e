using Bench.Models.Onnx;

namespace Bench.Models.Quantization;

/// <summary>Who gives each value of a graph, and who takes it.</summary>
internal sealed class ValueUses
{
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly ILookup<string, NodeProto> _users;
    private readonly HashSet<string> _outputs;

    /// <param name="graph">The graph.</param>
    public ValueUses(GraphProto graph)
    {
        foreach (var node in graph.Node)
        {
            foreach (var output in node.Output)
            {
                _producers[output] = node;
            }
        }

        _users = graph.Node.SelectMany(node => node.Input.Concat(Captured(node)).Distinct().Select(name => (name, node)))
            .ToLookup(entry => entry.name, entry => entry.node, StringComparer.Ordinal);
        _outputs = [.. graph.Output.Select(output => output.Name)];
    }

    /// <summary>The node that gives a value; null for what goes in, and for weights.</summary>
    public NodeProto? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>The one node that takes a value; null if there are several or none, or the network gives it.</summary>
    public NodeProto? OnlyUser(string value) => !_outputs.Contains(value) && _users[value].ToList() is [var only] ? only : null;

    /// <summary>What a node's inner graphs take from outside has no name of its own there.</summary>
    private static IEnumerable<string> Captured(NodeProto node) => node.Attribute
        .SelectMany(attribute => attribute.Graphs.Concat(attribute.G is { } inner ? [inner] : Array.Empty<GraphProto>()))
        .SelectMany(graph => graph.Node.SelectMany(inner => inner.Input.Concat(Captured(inner)))
            .Concat(graph.Output.Select(output => output.Name)));
}
