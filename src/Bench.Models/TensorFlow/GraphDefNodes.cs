using Bench.Models.Networks;
using Bench.Models.Weights;
using Google.Protobuf;

namespace Bench.Models.TensorFlow;

/// <summary>Adds the nodes of layers to a graph.</summary>
internal sealed class GraphDefNodes(GraphDef graph, DataType compute, int batch)
{
    // Where a layer's value is found in the graph, if not under the layer's own name.
    private readonly Dictionary<string, string> _names = [];

    public void AddInput(string name, FeatureShape shape)
    {
        Node(
            "Placeholder",
            name,
            [],
            ("dtype", Type(DataType.DtFloat)),
            ("shape", new AttrValue { Shape = GraphDefTensors.Shape(batch, shape.Height, shape.Width, shape.Channels) }));
        if (compute != DataType.DtFloat)
        {
            Cast(name, name + "_cast", DataType.DtFloat, compute);
            _names[name] = name + "_cast";
        }
    }

    public void Add(Layer layer, SafetensorsFile weights)
    {
        string[] inputs = [.. layer.Inputs.Select(name => _names.GetValueOrDefault(name, name))];
        switch (layer)
        {
            case ConvolutionLayer c:
                Convolution(c, inputs[0], weights);
                break;
            case UpsamplingLayer u:
                IntegerConstant(u.Name + ".size", batch, u.Output.Height, u.Output.Width, u.Output.Channels);
                // ONNX: [inputs, outputs, rows, columns]; TensorFlow: [rows, columns, outputs, inputs].
                Constant(u.Name + ".weight", [u.InputChannels, u.Output.Channels, 2, 2], [2, 3, 1, 0], weights);
                Node("Conv2DBackpropInput", u.Name + ".linear", [u.Name + ".size", u.Name + ".weight", inputs[0]],
                    Window("VALID", strides: 2));
                AddBias(u, u.Name + ".linear", u.Name, weights);
                break;
            case MaxPoolLayer m:
                Node("MaxPool", m.Name, inputs, [.. Window("VALID", m.Stride), ("ksize", List(1, m.Kernel.Rows, m.Kernel.Columns, 1))]);
                break;
            case AveragePoolLayer a:
                // TensorFlow's own padding does not count in the mean; these zeros do.
                Pad(a.Name + ".pad", inputs[0], 1);
                Node("AvgPool", a.Name, [a.Name + ".pad"], [.. Window("VALID", strides: 1), ("ksize", List(1, 3, 3, 1))]);
                break;
            case GlobalAveragePoolLayer g:
                IntegerConstant(g.Name + ".axes", 1, 2);
                Node("Mean", g.Name, [inputs[0], g.Name + ".axes"], ("T", Type(compute)), ("Tidx", Type(DataType.DtInt32)),
                    ("keep_dims", new AttrValue { B = true }));
                break;
            case ConcatenationLayer j:
                ScalarConstant(j.Name + ".axis", 3);
                Node(
                    "ConcatV2", j.Name, [.. inputs, j.Name + ".axis"], ("N", new AttrValue { I = inputs.Length }), ("T", Type(compute)),
                    ("Tidx", Type(DataType.DtInt32)));
                break;
            case LinearLayer l:
                Node("Squeeze", l.Name + ".flat", inputs, ("T", Type(compute)), ("squeeze_dims", List(1, 2)));
                Constant(l.Name + ".weight", [l.Output.Channels, l.InputChannels], [1, 0], weights);
                Node("MatMul", l.Name + ".linear", [l.Name + ".flat", l.Name + ".weight"], ("T", Type(compute)));
                AddBias(l, l.Name + ".linear", l.Name, weights);
                break;
            default:
                throw new NotSupportedException($"No TensorFlow node is known for the layer {layer}.");
        }
    }

    /// <summary>Ends the graph with a node of the output's name, in 32-bit floats.</summary>
    public void Finish(string lastName, string outputName)
    {
        if (compute == DataType.DtFloat)
        {
            Node("Identity", outputName, [lastName], ("T", Type(compute)));
        }
        else
        {
            Cast(lastName, outputName, compute, DataType.DtFloat);
        }
    }

    private void Convolution(ConvolutionLayer c, string input, SafetensorsFile weights)
    {
        // With stride 1 and half the kernel as padding, SAME is what the layer says; there is no padding otherwise in these networks.
        var same = c.Stride == 1 && c.Padding.Rows * 2 == c.Kernel.Rows - 1 && c.Padding.Columns * 2 == c.Kernel.Columns - 1;
        if (!same && c.Padding != default)
        {
            throw new NotSupportedException(
                $"{c.Name}: no TensorFlow padding is known for kernel {c.Kernel}, stride {c.Stride}, padding {c.Padding}.");
        }

        // ONNX: [outputs, inputs, rows, columns]; TensorFlow: [rows, columns, inputs, outputs].
        Constant(c.Name + ".weight", [c.Output.Channels, c.InputChannels, c.Kernel.Rows, c.Kernel.Columns], [2, 3, 1, 0], weights);
        Node("Conv2D", c.Name + ".linear", [input, c.Name + ".weight"], Window(same ? "SAME" : "VALID", c.Stride));
        AddBias(c, c.Name + ".linear", c.Relu ? c.Name + ".biased" : c.Name, weights);
        if (c.Relu)
        {
            Node("Relu", c.Name, [c.Name + ".biased"], ("T", Type(compute)));
        }
    }

    private void AddBias(Layer layer, string input, string output, SafetensorsFile weights)
    {
        Constant(layer.Name + ".bias", [layer.Output.Channels], [0], weights);
        Node("BiasAdd", output, [input, layer.Name + ".bias"], ("T", Type(compute)), ("data_format", Text("NHWC")));
    }

    private void Pad(string name, string input, int padding)
    {
        Node("Const", name + ".by", [], ("dtype", Type(DataType.DtInt32)),
            ("value", new AttrValue { Tensor = GraphDefTensors.Integers([4, 2], 0, 0, padding, padding, padding, padding, 0, 0) }));
        Node("Pad", name, [input, name + ".by"], ("T", Type(compute)), ("Tpaddings", Type(DataType.DtInt32)));
    }

    private void Cast(string input, string output, DataType from, DataType to) =>
        Node("Cast", output, [input], ("SrcT", Type(from)), ("DstT", Type(to)));

    private void Constant(string name, int[] shape, int[] order, SafetensorsFile weights) => Node(
        "Const", name, [], ("dtype", Type(compute)),
        ("value", new AttrValue { Tensor = GraphDefTensors.Weights(weights.Get(name, shape).Span, shape, order, compute) }));

    private void IntegerConstant(string name, params int[] values) =>
        Node("Const", name, [], ("dtype", Type(DataType.DtInt32)),
            ("value", new AttrValue { Tensor = GraphDefTensors.Integers([values.Length], values) }));

    private void ScalarConstant(string name, int value) =>
        Node("Const", name, [], ("dtype", Type(DataType.DtInt32)),
            ("value", new AttrValue { Tensor = GraphDefTensors.Integers([], value) }));

    private (string Name, AttrValue Value)[] Window(string padding, int strides) =>
        [("T", Type(compute)), ("data_format", Text("NHWC")), ("padding", Text(padding)), ("strides", List(1, strides, strides, 1))];

    private void Node(
        string operation, string name, IEnumerable<string> inputs, params ReadOnlySpan<(string Name, AttrValue Value)> attributes)
    {
        var node = new NodeDef { Name = name, Op = operation };
        node.Input.AddRange(inputs);
        foreach (var (key, value) in attributes)
        {
            node.Attr.Add(key, value);
        }

        graph.Node.Add(node);
    }

    private static AttrValue Type(DataType type) => new() { Type = type };

    private static AttrValue Text(string text) => new() { S = ByteString.CopyFromUtf8(text) };

    private static AttrValue List(params long[] values)
    {
        var list = new AttrValue.Types.ListValue();
        list.I.AddRange(values);
        return new AttrValue { List = list };
    }
}
