using Bench.Models.Onnx;

namespace Bench.Models.Halves;

/// <summary>Turns a network of 32-bit floats into one whose weights and arithmetic are halves. What goes in and comes out stays as it is,
/// and so do operators that must (<see cref="KeptNodes"/>); casts are put between.</summary>
public sealed class HalfConverter
{
    /// <summary>Counts changes of what is made of the same network, so that files made before are made anew.</summary>
    public const int Version = 3;

    private const string TooLarge = "has weights beyond 65,504, the largest half";

    // What engines take, too.
    private const long OldestOpset = 7;

    private readonly GraphProto _graph;
    private readonly ValueTypes _types;
    private readonly KeptNodes _kept;
    private readonly HalfTensors _tensors = new();
    private readonly Dictionary<string, TensorProto> _weights;
    private readonly Dictionary<string, bool> _fits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _isHalf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _asHalf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _asFloat = new(StringComparer.Ordinal);
    private readonly List<NodeProto> _nodes = [];
    private readonly List<TensorProto> _halves = [];
    private readonly List<(string Operator, string Reason)> _reasons = [];
    private int _converted;

    private HalfConverter(GraphProto graph, long opset)
    {
        ConstantWeights.Hoist(graph);
        _graph = graph;
        _types = new ValueTypes(graph, opset);
        _kept = new KeptNodes(graph);
        _weights = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _names = [.. graph.Node.SelectMany(node => node.Input.Concat(node.Output)), .. _weights.Keys,
            .. graph.Input.Concat(graph.Output).Select(value => value.Name)];
    }

    /// <summary>Turns a network into halves.</summary>
    /// <param name="model">The network, with all weights in it; changed.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="NotSupportedException">The network has something that nothing is known of.</exception>
    public static HalfReport Convert(ModelProto model)
    {
        if (model.Functions.Count > 0 || model.Graph.SparseInitializer.Count > 0)
        {
            throw new NotSupportedException(model.Functions.Count > 0
                ? "it defines operators of its own (functions), which are not looked into."
                : "it has sparse weights.");
        }

        var opset = model.OpsetImport.FirstOrDefault(import => import.Domain is "" or "ai.onnx")?.Version ?? 1;
        if (opset < OldestOpset)
        {
            throw new NotSupportedException($"it is of version {opset} of ONNX's operators; expected {OldestOpset} or later.");
        }

        var converter = new HalfConverter(model.Graph, opset);
        var report = converter.Run();
        ConstantWeights.Unlist(model, converter._weights.Keys);
        return report.Halves > 0 ? report : throw new NotSupportedException($"none of its nodes can compute in halves: {report.Text}");
    }

    private HalfReport Run()
    {
        foreach (var node in _graph.Node.ToList())
        {
            if ((_kept.WhyKept(node, _types) ?? WhyTooLarge(node)) is { } reason)
            {
                Keep(node, reason);
            }
            else
            {
                Turn(node);
            }
        }

        foreach (var output in _graph.Output.Where(output => _isHalf.Contains(output.Name)).ToList())
        {
            Restore(output.Name);
        }

        // Weights that nobody takes as they were are gone; declared types are others now.
        var taken = _nodes.SelectMany(node => node.Input.Concat(Captured(node)))
            .Concat(_graph.Output.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);
        var weights = _graph.Initializer.Where(tensor => taken.Contains(tensor.Name)).Concat(_halves).ToList();
        _graph.Node.Clear();
        _graph.Node.AddRange(_nodes);
        _graph.Initializer.Clear();
        _graph.Initializer.AddRange(weights);
        _graph.ValueInfo.Clear();
        return new HalfReport(
            _converted,
            [.. _reasons.GroupBy(entry => entry).Select(group => new KeptOperator(group.Key.Operator, group.Count(), group.Key.Reason))],
            _tensors.CutOff, _tensors.Lost);
    }

    private string? WhyTooLarge(NodeProto node)
    {
        if (node.OpType == "ConstantOfShape" && ConstantWeights.Floats(node) is { } filling && !HalfTensors.Fits(filling))
        {
            return TooLarge;
        }

        foreach (var name in node.Input.Where(name => _types[name] == OnnxTypes.Float && _weights.ContainsKey(name)))
        {
            if (!_fits.TryGetValue(name, out var fits))
            {
                _fits[name] = fits = HalfTensors.Fits(_weights[name]);
            }

            if (!fits)
            {
                return TooLarge;
            }
        }

        return null;
    }

    /// <summary>What a node's inner graphs take from outside has no name of its own there.</summary>
    private static IEnumerable<string> Captured(NodeProto node) => node.Attribute
        .SelectMany(attribute => attribute.Graphs.Concat(attribute.G is { } inner ? [inner] : Array.Empty<GraphProto>()))
        .SelectMany(graph => graph.Node.SelectMany(inner => inner.Input.Concat(Captured(inner))).Concat(graph.Output.Select(output =>
            output.Name)));

    private void Keep(NodeProto node, string reason)
    {
        for (var i = 0; i < node.Input.Count; i++)
        {
            node.Input[i] = AsFloat(node.Input[i]);
        }

        // Names inside cannot be changed as simply as those of inputs: what they take stands under its own name.
        foreach (var name in Captured(node).Distinct().Where(_isHalf.Contains).ToList())
        {
            Restore(name);
        }

        _nodes.Add(node);
        if (node.Input.Concat(node.Output).Any(name => name.Length > 0 && _types[name] is OnnxTypes.Float or null))
        {
            _reasons.Add((node.OpType, reason));
        }
    }

    private void Turn(NodeProto node)
    {
        var touches = node.Input.Concat(node.Output).Any(name => name.Length > 0 && _types[name] == OnnxTypes.Float);
        var takesAny = node.OpType is "Shape" or "Size"
            || (node.OpType == "Cast" && ValueTypes.Attribute(node, "to")?.I != OnnxTypes.Float);
        for (var i = 0; i < node.Input.Count; i++)
        {
            // Who asks for a length or casts to another type takes what there is; scales of Resize are 32-bit floats.
            if (!takesAny && !(node.OpType == "Resize" && i > 0))
            {
                node.Input[i] = AsHalf(node.Input[i]);
            }
            else if (node.OpType == "Resize")
            {
                node.Input[i] = AsFloat(node.Input[i]);
            }
        }

        if (ValueTypes.Attribute(node, "to") is { } to && node.OpType == "Cast" && to.I == OnnxTypes.Float)
        {
            to.I = OnnxTypes.Float16;
        }

        if (node.OpType == "ConstantOfShape" && ConstantWeights.Floats(node) is { } filling)
        {
            node.Attribute.Clear();
            node.Attribute.Add(new AttributeProto
            {
                Name = "value",
                Type = AttributeProto.Types.AttributeType.Tensor,
                T = _tensors.Convert(filling, filling.Name),
            });
        }

        _isHalf.UnionWith(node.Output.Where(name => _types[name] == OnnxTypes.Float));
        _nodes.Add(node);
        _converted += touches ? 1 : 0;
    }

    private string AsHalf(string name)
    {
        if (name.Length == 0 || _isHalf.Contains(name) || _types[name] != OnnxTypes.Float)
        {
            return name;
        }

        if (_asHalf.TryGetValue(name, out var known))
        {
            return known;
        }

        var half = NewName(name, "fp16");
        if (_weights.TryGetValue(name, out var tensor))
        {
            _halves.Add(_tensors.Convert(tensor, half));
        }
        else
        {
            _nodes.Add(Cast(name, half, OnnxTypes.Float16));
        }

        return _asHalf[name] = half;
    }

    private string AsFloat(string name)
    {
        if (!_isHalf.Contains(name))
        {
            return name;
        }

        if (!_asFloat.TryGetValue(name, out var known))
        {
            _asFloat[name] = known = NewName(name, "fp32");
            _nodes.Add(Cast(name, known, OnnxTypes.Float));
        }

        return known;
    }

    /// <summary>Gives a value its own name back as 32-bit floats, and another one to the halves.</summary>
    private void Restore(string name)
    {
        var half = NewName(name, "fp16");
        foreach (var node in _nodes)
        {
            for (var i = 0; i < node.Output.Count; i++)
            {
                node.Output[i] = node.Output[i] == name ? half : node.Output[i];
            }

            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = node.Input[i] == name ? half : node.Input[i];
            }
        }

        var producer = _nodes.FindIndex(node => node.Output.Contains(half));
        _nodes.Insert(producer + 1, Cast(half, name, OnnxTypes.Float));
        _isHalf.Remove(name);
        _asHalf[name] = half;
    }

    private static NodeProto Cast(string from, string to, int type) => new()
    {
        OpType = "Cast",
        Name = to,
        Input = { from },
        Output = { to },
        Attribute = { new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = type } },
    };

    private string NewName(string name, string ending)
    {
        var made = $"{name}_{ending}";
        for (var i = 2; !_names.Add(made); i++)
        {
            made = $"{name}_{ending}_{i}";
        }

        return made;
    }
}
