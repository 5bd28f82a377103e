using Bench.Models.Onnx;

namespace Bench.Models.Quantization;

/// <summary>A 32-bit network that gives the values whose ranges must be known.</summary>
/// <param name="Model">The network, with these values among its outputs.</param>
/// <param name="Values">The values, in the order of the network, without what goes in: all that are written in integers, so that any
/// node may be left out later.</param>
/// <param name="Inputs">What goes in, of which the range must be known, too.</param>
public sealed record WatchedNetwork(ModelProto Model, IReadOnlyList<string> Values, IReadOnlyList<string> Inputs)
{
    /// <summary>Looks at a network with all recipes, so that one reading serves them all.</summary>
    /// <param name="path">The 32-bit file.</param>
    /// <returns>The network, and all values that any recipe wants to know.</returns>
    /// <exception cref="NotSupportedException">It cannot be quantised.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static WatchedNetwork Of(string path)
    {
        var plans = QuantizationRecipe.All.Select(recipe => QuantizationPlan.Of(OnnxFile.Read(path), recipe)).ToList();
        var wanted = plans.SelectMany(plan => plan.Values).ToHashSet(StringComparer.Ordinal);
        var model = plans[0].Model;
        var known = model.Graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        List<string> inputs = [.. model.Graph.Input.Select(input => input.Name).Where(wanted.Contains)];
        List<string> values = [.. model.Graph.Node.SelectMany(node => node.Output).Where(wanted.Contains)];
        foreach (var name in values.Where(name => !known.Contains(name)))
        {
            model.Graph.Output.Add(new ValueInfoProto
            {
                Name = name,
                Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = OnnxTypes.Float } },
            });
        }

        return new WatchedNetwork(model, values, inputs);
    }
}
