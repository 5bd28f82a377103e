namespace Bench.Models.Networks;

/// <summary>Strings layers together and keeps track of their shapes.</summary>
internal sealed class NetworkBuilder
{
    private readonly string _name;
    private readonly FeatureShape _input;
    private readonly List<Layer> _layers = [];
    private readonly Dictionary<string, FeatureShape> _shapes = [];

    public NetworkBuilder(string name, FeatureShape input)
    {
        _name = name;
        _input = input;
        _shapes.Add(InputName, input);
    }

    public static string InputName => "input";

    public string Convolution(
        string name, string input, int channels, Extent kernel, int stride = 1, Extent padding = default, bool relu = true)
    {
        var shape = _shapes[input];
        var output = new FeatureShape(
            channels,
            ((shape.Height + (2 * padding.Rows) - kernel.Rows) / stride) + 1,
            ((shape.Width + (2 * padding.Columns) - kernel.Columns) / stride) + 1);
        return Add(new ConvolutionLayer(name, input, shape.Channels, kernel, stride, padding, relu, output));
    }

    public string Upsampling(string name, string input, int channels)
    {
        var shape = _shapes[input];
        return Add(new UpsamplingLayer(name, input, shape.Channels, new FeatureShape(channels, 2 * shape.Height, 2 * shape.Width)));
    }

    public string MaxPool(string name, string input, int kernel, int stride = 2)
    {
        var shape = _shapes[input];
        var output = new FeatureShape(shape.Channels, ((shape.Height - kernel) / stride) + 1, ((shape.Width - kernel) / stride) + 1);
        return Add(new MaxPoolLayer(name, input, kernel, stride, output));
    }

    public string AveragePool(string name, string input) => Add(new AveragePoolLayer(name, input, _shapes[input]));

    public string GlobalAveragePool(string name, string input) =>
        Add(new GlobalAveragePoolLayer(name, input, new FeatureShape(_shapes[input].Channels, 1, 1)));

    public string Concatenation(string name, params string[] inputs)
    {
        var first = _shapes[inputs[0]];
        var channels = 0;
        foreach (var input in inputs)
        {
            var shape = _shapes[input];
            if ((shape.Height, shape.Width) != (first.Height, first.Width))
            {
                throw new InvalidOperationException($"{name}: cannot join {input} ({shape}) to {inputs[0]} ({first}).");
            }

            channels += shape.Channels;
        }

        return Add(new ConcatenationLayer(name, inputs, first with { Channels = channels }));
    }

    public string Linear(string name, string input, int outputs) =>
        Add(new LinearLayer(name, input, _shapes[input].Channels, new FeatureShape(outputs, 1, 1)));

    public Network Build() => new(_name, InputName, _input, _layers);

    private string Add(Layer layer)
    {
        _shapes.Add(layer.Name, layer.Output);
        _layers.Add(layer);
        return layer.Name;
    }
}
