using Bench.Models.Halves;
using Bench.Models.Onnx;

namespace Bench.Models.Quantization;

/// <summary>What of a network is computed in 8-bit integers, and which values must be written as such.</summary>
/// <remarks>
/// Pure: the same network, recipe and exclusions give the same plan on every operating system. A value is written in integers where a node
/// that computes in them takes or gives it; values that are only moved (pooling by the maximum, reshaping) share one scale.
/// </remarks>
public sealed class QuantizationPlan
{
    private const string Excluded = "excluded on request";

    private readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    // What integers cut off at zero by themselves, and what is only moved or averaged from that, with the bound above which it is cut
    // off, too.
    private readonly Dictionary<string, float> _cut = new(StringComparer.Ordinal);

    private QuantizationPlan(ModelProto model, QuantizationRecipe recipe) => (Model, Recipe) = (model, recipe);

    /// <summary>The network, prepared: constants are weights, normalisations are folded.</summary>
    public ModelProto Model { get; }

    /// <summary>How it is quantised.</summary>
    public QuantizationRecipe Recipe { get; }

    /// <summary>How many normalisations were taken into the convolutions before them.</summary>
    public int Folded { get; private set; }

    /// <summary>The nodes that compute in integers.</summary>
    internal HashSet<NodeProto> Integers { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Nodes that cut off what is below zero, which integers do by themselves; they are left out.</summary>
    internal HashSet<NodeProto> Dropped { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What nodes give that must stay in 32-bit floats although integers may stand on both sides of them: an engine would compute
    /// them in integers, too, if the pairs stood right beside them.</summary>
    internal HashSet<string> Apart { get; } = new(StringComparer.Ordinal);

    /// <summary>Nodes that stay in 32-bit floats, by operator and reason.</summary>
    public IReadOnlyList<KeptOperator> Kept { get; private set; } = [];

    /// <summary>The values whose range must be known, in the order of the graph.</summary>
    public IReadOnlyList<string> Observed { get; private set; } = [];

    /// <summary>The values that are written in integers.</summary>
    internal IReadOnlyCollection<string> Values => _values;

    /// <summary>Plans.</summary>
    /// <param name="model">The network at full precision, all weights in it; changed.</param>
    /// <param name="recipe">How it is to be quantised.</param>
    /// <param name="excluded">Names of nodes, or of what they give, that stay in floats; <c>first</c> and <c>last</c> are the first and the
    /// last node with weights.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="NotSupportedException">The network has something that nothing is known of, or nothing that can be quantised, or a
    /// name is excluded that no node has.</exception>
    public static QuantizationPlan Of(ModelProto model, QuantizationRecipe recipe, IReadOnlyCollection<string>? excluded = null)
    {
        if (model.Functions.Count > 0 || model.Graph.SparseInitializer.Count > 0)
        {
            throw new NotSupportedException(model.Functions.Count > 0
                ? "it defines operators of its own (functions), which are not looked into."
                : "it has sparse weights.");
        }

        OpsetUpgrade.To13(model);
        ConstantWeights.Hoist(model.Graph);
        var before = model.Graph.Initializer.Select(tensor => tensor.Name).ToList();
        if (recipe.IsForProcessors)
        {
            TransposedConvolutions.Rewrite(model.Graph);
        }

        var plan = new QuantizationPlan(model, recipe) { Folded = BatchNormFolding.Fold(model.Graph) };
        // Old files list weights among what goes in.
        foreach (var input in model.Graph.Input.Where(input => before.Contains(input.Name)).ToList())
        {
            model.Graph.Input.Remove(input);
        }

        model.IrVersion = Math.Max(model.IrVersion, OpsetUpgrade.IrVersion);
        plan.Find(ExcludedNodes.Of(model.Graph, excluded ?? []));
        return plan.Integers.Count > 0 ? plan
            : throw new NotSupportedException($"none of its nodes can compute in integers: {string.Join("; ", plan.Kept)}.");
    }

    /// <summary>Whether what is below zero must be cut off of a value by the integers that it is written in.</summary>
    internal bool IsCutOff(string value) => _cut.ContainsKey(value);

    /// <summary>The value whose range and scale a value has.</summary>
    internal string GroupOf(string value)
    {
        while (_groups.TryGetValue(value, out var other))
        {
            value = other;
        }

        return value;
    }

    private void Find(IReadOnlySet<NodeProto> excluded)
    {
        var graph = Model.Graph;
        var weights = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var types = new ValueTypes(graph, OpsetUpgrade.Version);
        var uses = new ValueUses(graph);
        var kept = new List<(NodeProto Node, string? Reason)>();
        foreach (var node in graph.Node.ToList())
        {
            var isExcluded = excluded.Contains(node);
            if (IntegerNodes.HasWeights(node))
            {
                if ((isExcluded ? Excluded : WhyNot(node, uses, weights, excluded)) is { } reason)
                {
                    kept.Add((node, reason));
                }
                else
                {
                    Compute(node, uses, weights, [node.Input[0]]);
                }
            }
            else if (!isExcluded && IntegerNodes.Joins(node) && node.Input.Any(_values.Contains)
                && node.Input.All(name => types[name] == OnnxTypes.Float && !weights.ContainsKey(name)))
            {
                Compute(node, uses, weights, node.Input);
                if (node.OpType == "Concat" && Recipe.SharesConcatenated && AreAlike(node.Input))
                {
                    Share(node.Input.Append(node.Output[0]));
                    CutAsBefore(node);
                }
            }
            else if (!isExcluded && IntegerNodes.Follows(node, Recipe) && _values.Contains(node.Input[0]))
            {
                Integers.Add(node);
                _values.UnionWith(node.Output.Where(name => types[name] == OnnxTypes.Float));
                CutAsBefore(node);
                if (IntegerNodes.KeepsValues(node))
                {
                    Share(node.Output.Where(_values.Contains).Prepend(node.Input[0]));
                }
            }
            else if (!Dropped.Contains(node) && node.Output.Any(name => types[name] == OnnxTypes.Float)
                && !node.Input.All(name => name.Length == 0 || weights.ContainsKey(name)))
            {
                kept.Add((node, isExcluded ? Excluded : null));
                if (IntegerNodes.IsAveragePool(node))
                {
                    CutAsBefore(node);
                }
            }
        }

        Kept = [.. kept.Select(entry => (Operator: entry.Node.OpType, Reason: entry.Reason ?? WhyFloats(entry.Node)))
            .GroupBy(entry => entry).Select(group => new KeptOperator(group.Key.Operator, group.Count(), group.Key.Reason))];
        if (Recipe.IsForProcessors)
        {
            Apart.UnionWith(kept.Select(entry => entry.Node)
                .Where(node => !IntegerNodes.HasWeights(node) && (excluded.Contains(node) || IsAverageOfIntegers(node)))
                .SelectMany(node => node.Output).Where(name => name.Length > 0 && types[name] == OnnxTypes.Float));
        }

        var inOrder = graph.Input.Select(input => input.Name).Concat(graph.Node.SelectMany(node => node.Output));
        Observed = [.. inOrder.Where(_values.Contains).Where(name => GroupOf(name) == name
            || !(uses.Producer(name) is { } producer && IntegerNodes.KeepsValues(producer))).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Why a node with weights stays in floats; null if it computes in integers.</summary>
    private string? WhyNot(NodeProto node, ValueUses uses, Dictionary<string, TensorProto> weights, IReadOnlySet<NodeProto> excluded) =>
        IntegerNodes.WhyNot(node, weights, Recipe)
        // Integers cut off at zero by themselves: it and what is behind it are one node.
        ?? (!Recipe.IsSymmetric && uses.OnlyUser(node.Output[0]) is { } next && IntegerNodes.CutsAtZero(next, weights)
            && excluded.Contains(next) ? $"the {next.OpType} behind it is excluded" : null);

    private string WhyFloats(NodeProto node) =>
        Recipe.IsForProcessors && IsAverageOfIntegers(node) ? "processors average floats sooner" : "stays in fp32";

    // Known only when all nodes are: what goes in may be written in integers because of a node that comes later.
    private bool IsAverageOfIntegers(NodeProto node) => IntegerNodes.IsAveragePool(node) && _values.Contains(node.Input[0]);

    /// <summary>A node computes in integers: what it takes and what it gives is written so. What is cut off at zero right behind it is
    /// given in its place.</summary>
    private void Compute(NodeProto node, ValueUses uses, Dictionary<string, TensorProto> weights, IEnumerable<string> inputs)
    {
        Integers.Add(node);
        _values.UnionWith(inputs);
        var output = node.Output[0];
        if (uses.OnlyUser(output) is { } next && IntegerNodes.CutsAtZero(next, weights))
        {
            output = next.Output[0];
            if (!Recipe.IsSymmetric)
            {
                Dropped.Add(next);
                _cut[output] = IntegerNodes.UpperBound(next, weights)!.Value;
            }
        }

        _values.Add(output);
    }

    /// <summary>What is moved or averaged is cut off at zero where that was.</summary>
    private void CutAsBefore(NodeProto node)
    {
        if (_cut.TryGetValue(node.Input[0], out var bound))
        {
            foreach (var output in node.Output)
            {
                _cut[output] = bound;
            }
        }
    }

    /// <summary>Whether values may have one scale: where integers do the cutting at zero their lowest one stands for zero, and nothing
    /// below zero may share it; where they do that of what is above a bound, too, their highest one stands for the bound.</summary>
    private bool AreAlike(IEnumerable<string> values) =>
        values.Select(value => _cut.TryGetValue(value, out var bound) ? bound : float.NaN).Distinct().Count() == 1;

    private void Share(IEnumerable<string> values)
    {
        var all = values.Select(GroupOf).Distinct(StringComparer.Ordinal).ToList();
        foreach (var other in all.Skip(1))
        {
            _groups[other] = all[0];
        }
    }
}
