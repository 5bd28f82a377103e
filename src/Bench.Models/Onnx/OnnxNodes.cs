using Bench.Models.Networks;

namespace Bench.Models.Onnx;

/// <summary>Adds the nodes of layers to a graph.</summary>
internal sealed class OnnxNodes(GraphProto graph)
{
    // Where a layer's value is found in the graph, if not under the layer's own name.
    private readonly Dictionary<string, string> _names = [];

    public void Rename(string value, string graphName) => _names[value] = graphName;

    public string Cast(string input, string output, TensorProto.Types.DataType type)
    {
        Node("Cast", output, [input], Integer("to", (long)type));
        return output;
    }

    public void Add(Layer layer)
    {
        string[] inputs = [.. layer.Inputs.Select(name => _names.GetValueOrDefault(name, name))];
        switch (layer)
        {
            case ConvolutionLayer c:
                var result = c.Relu ? c.Name + ".linear" : c.Name;
                Node(
                    "Conv",
                    result,
                    [inputs[0], c.Name + ".weight", c.Name + ".bias"],
                    Integers("kernel_shape", c.Kernel.Rows, c.Kernel.Columns),
                    Integers("strides", c.Stride, c.Stride),
                    Integers("pads", c.Padding.Rows, c.Padding.Columns, c.Padding.Rows, c.Padding.Columns));
                if (c.Relu)
                {
                    Node("Relu", c.Name, [result]);
                }

                break;
            case UpsamplingLayer u:
                Node(
                    "ConvTranspose",
                    u.Name,
                    [inputs[0], u.Name + ".weight", u.Name + ".bias"],
                    Integers("kernel_shape", 2, 2),
                    Integers("strides", 2, 2));
                break;
            case MaxPoolLayer m:
                Node(
                    "MaxPool",
                    m.Name,
                    inputs,
                    Integers("kernel_shape", m.Kernel.Rows, m.Kernel.Columns),
                    Integers("strides", m.Stride, m.Stride));
                break;
            case AveragePoolLayer a:
                Node(
                    "AveragePool",
                    a.Name,
                    inputs,
                    Integers("kernel_shape", 3, 3),
                    Integers("strides", 1, 1),
                    Integers("pads", 1, 1, 1, 1),
                    Integer("count_include_pad", 1));
                break;
            case GlobalAveragePoolLayer g:
                Node("GlobalAveragePool", g.Name, inputs);
                break;
            case ConcatenationLayer j:
                Node("Concat", j.Name, inputs, Integer("axis", 1));
                break;
            case LinearLayer l:
                Node("Flatten", l.Name + ".flat", inputs, Integer("axis", 1));
                Node("Gemm", l.Name, [l.Name + ".flat", l.Name + ".weight", l.Name + ".bias"], Integer("transB", 1));
                break;
            default:
                throw new NotSupportedException($"No ONNX node is known for the layer {layer}.");
        }
    }

    /// <summary>Gives the last value the name of the output, widened if the network computes in FP16.</summary>
    public void Finish(string lastName, string outputName, bool widen)
    {
        if (widen)
        {
            Cast(lastName, outputName, TensorProto.Types.DataType.Float);
        }
        else
        {
            graph.Node[^1].Output[0] = outputName;
        }
    }

    private void Node(string operation, string output, IEnumerable<string> inputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        node.Attribute.AddRange(attributes);
        graph.Node.Add(node);
    }

    private static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    private static AttributeProto Integers(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }
}
