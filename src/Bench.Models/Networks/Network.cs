namespace Bench.Models.Networks;

/// <summary>A network as a list of layers, independent of any file format. Weights are kept apart, by name.</summary>
/// <param name="Name">The name of the architecture.</param>
/// <param name="InputName">The name of the value that the image has.</param>
/// <param name="Input">The shape of the image.</param>
/// <param name="Layers">The layers, each after those it takes values from; the last one gives the output.</param>
public sealed record Network(string Name, string InputName, FeatureShape Input, IReadOnlyList<Layer> Layers)
{
    /// <summary>The names and shapes of all weights that the network needs, in the order of its layers.</summary>
    public IEnumerable<(string Name, int[] Shape)> WeightShapes => Layers.SelectMany(ShapesOf);

    /// <summary>How many trained numbers the network has.</summary>
    public long ParameterCount => WeightShapes.Sum(weight => weight.Shape.Aggregate(1L, (product, length) => product * length));

    private static IEnumerable<(string Name, int[] Shape)> ShapesOf(Layer layer)
    {
        int[]? shape = layer switch
        {
            ConvolutionLayer c => [c.Output.Channels, c.InputChannels, c.Kernel.Rows, c.Kernel.Columns],
            UpsamplingLayer u => [u.InputChannels, u.Output.Channels, 2, 2],
            LinearLayer l => [l.Output.Channels, l.InputChannels],
            _ => null,
        };
        return shape is null ? [] : [(layer.Name + ".weight", shape), (layer.Name + ".bias", [layer.Output.Channels])];
    }
}
