using Bench.Models.Signatures;

namespace Bench.Models.Onnx;

/// <summary>Walks through a network's file, weights unread. Field numbers are those of
/// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.</summary>
/// <param name="fields">The file.</param>
internal sealed class OnnxSummaryReader(ProtoStream fields)
{
    private const int MaximumDepth = 64;

    private readonly Dictionary<string, int> _operators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _weightBytes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxTensor> _tensors = new(StringComparer.Ordinal);
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];

    public OnnxSummary Read(long end)
    {
        long irVersion = 0, opset = 0;
        var hasGraph = false;
        while (fields.TryNext(end, out var field))
        {
            switch (field.Number)
            {
                case 1 when !field.IsMessage:
                    irVersion = (long)field.Value;
                    break;
                case 7 when field.IsMessage:
                    hasGraph = true;
                    ReadGraph(field.End, 0);
                    break;
                case 8 when field.IsMessage:
                    opset = ReadOpset(field.End) is ("" or "ai.onnx", var version) ? version : opset;
                    break;
            }

            fields.Leave(field);
        }

        // Up to version 3 of the format weights are inputs, too; a network that does nothing may have no version of operators.
        var inputs = _inputs.Where(input => !_tensors.ContainsKey(input.Name)).ToList();
        return !hasGraph || irVersion == 0 || _outputs.Count == 0
            ? throw new InvalidDataException(
                end == 0 ? "Found an empty file."
                    : $"Found {(hasGraph ? "a graph" : "no graph")} with {_outputs.Count} outputs and version {irVersion} of the format.")
            : new OnnxSummary
            {
                IrVersion = irVersion,
                Opset = opset,
                Inputs = inputs,
                Outputs = _outputs,
                Operators = _operators,
                WeightBytes = _weightBytes,
                IndexBounds = IndexBounds.Find(inputs.Select(input => input.Name), _nodes, _tensors),
            };
    }

    private (string Domain, long Version) ReadOpset(long end)
    {
        var (domain, version) = (string.Empty, 0L);
        while (fields.TryNext(end, out var field))
        {
            (domain, version) = (field.Number == 1 && field.IsMessage ? fields.ReadText(field) : domain,
                field.Number == 2 ? (long)field.Value : version);
            fields.Leave(field);
        }

        return (domain, version);
    }

    private void ReadGraph(long end, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidDataException($"Found graphs nested more than {MaximumDepth} deep.");
        }

        while (fields.TryNext(end, out var field))
        {
            switch (field.Number)
            {
                case 1 when field.IsMessage:
                    ReadNode(field.End, depth);
                    break;
                case 5 when field.IsMessage:
                    var tensor = ReadTensor(field.End);
                    _tensors[tensor.Name] = tensor;
                    break;
                case 11 when field.IsMessage && depth == 0:
                    _inputs.Add(ReadValue(field.End));
                    break;
                case 12 when field.IsMessage && depth == 0:
                    _outputs.Add(ReadValue(field.End));
                    break;
            }

            fields.Leave(field);
        }
    }

    private void ReadNode(long end, int depth)
    {
        List<string> inputs = [], outputs = [];
        var (operation, domain, axis) = (string.Empty, string.Empty, 0L);
        OnnxTensor? constant = null;
        while (fields.TryNext(end, out var field))
        {
            switch (field.Number)
            {
                case 1 when field.IsMessage:
                    inputs.Add(fields.ReadText(field));
                    break;
                case 2 when field.IsMessage:
                    outputs.Add(fields.ReadText(field));
                    break;
                case 4 when field.IsMessage:
                    operation = fields.ReadText(field);
                    break;
                case 7 when field.IsMessage:
                    domain = fields.ReadText(field);
                    break;
                case 5 when field.IsMessage:
                    var (name, number, tensor) = ReadAttribute(field.End, depth);
                    axis = name == "axis" ? number : axis;
                    constant = tensor ?? constant;
                    break;
            }

            fields.Leave(field);
        }

        var full = domain is "" or "ai.onnx" ? operation : $"{domain}.{operation}";
        _operators[full] = _operators.GetValueOrDefault(full) + 1;
        _nodes.Add(new OnnxNode(full, inputs, outputs, axis));
        if (operation == "Constant" && constant is not null && outputs.Count > 0)
        {
            _tensors[outputs[0]] = constant;
        }
    }

    private (string Name, long Number, OnnxTensor? Tensor) ReadAttribute(long end, int depth)
    {
        var (name, number) = (string.Empty, 0L);
        OnnxTensor? tensor = null;
        while (fields.TryNext(end, out var field))
        {
            switch (field.Number)
            {
                case 1 when field.IsMessage:
                    name = fields.ReadText(field);
                    break;
                case 3 when !field.IsMessage:
                    number = (long)field.Value;
                    break;
                case 5 when field.IsMessage:
                    tensor = ReadTensor(field.End);
                    break;
                case 6 or 11 when field.IsMessage:
                    ReadGraph(field.End, depth + 1);
                    break;
            }

            fields.Leave(field);
        }

        return (name, number, tensor);
    }

    private OnnxTensor ReadTensor(long end)
    {
        var dimensions = new List<long>();
        var (type, name) = (0, string.Empty);
        while (fields.TryNext(end, out var field))
        {
            switch (field.Number)
            {
                case 1:
                    fields.ReadNumbers(field, dimensions);
                    break;
                case 2 when !field.IsMessage:
                    type = (int)field.Value;
                    break;
                case 8 when field.IsMessage:
                    name = fields.ReadText(field);
                    break;
            }

            fields.Leave(field);
        }

        var tensor = new OnnxTensor(name, OnnxTypes.Name(type), dimensions);
        _weightBytes[tensor.TypeName] = _weightBytes.GetValueOrDefault(tensor.TypeName) + tensor.Bytes;
        return tensor;
    }

    private OnnxValue ReadValue(long end)
    {
        var value = new OnnxValue(string.Empty, null, "undefined", null);
        while (fields.TryNext(end, out var field))
        {
            value = field.Number == 1 && field.IsMessage ? value with { Name = fields.ReadText(field) }
                : field.Number == 2 && field.IsMessage ? ReadType(field.End, value)
                : value;
            fields.Leave(field);
        }

        return value;
    }

    private OnnxValue ReadType(long end, OnnxValue value)
    {
        while (fields.TryNext(end, out var field))
        {
            value = field.Number switch
            {
                1 when field.IsMessage => ReadTensorType(field.End, value),
                4 => value with { TypeName = "sequence" },
                5 => value with { TypeName = "map" },
                8 => value with { TypeName = "sparse tensor" },
                9 => value with { TypeName = "optional" },
                _ => value,
            };
            fields.Leave(field);
        }

        return value;
    }

    private OnnxValue ReadTensorType(long end, OnnxValue value)
    {
        while (fields.TryNext(end, out var field))
        {
            value = field.Number == 1 && !field.IsMessage
                    ? value with { Type = OnnxTypes.TypeOf((int)field.Value), TypeName = OnnxTypes.Name((int)field.Value) }
                : field.Number == 2 && field.IsMessage ? value with { Axes = ReadShape(field.End) }
                : value;
            fields.Leave(field);
        }

        return value;
    }

    private List<OnnxAxis> ReadShape(long end)
    {
        var axes = new List<OnnxAxis>();
        while (fields.TryNext(end, out var field))
        {
            if (field.Number == 1 && field.IsMessage)
            {
                axes.Add(ReadAxis(field.End));
            }

            fields.Leave(field);
        }

        return axes;
    }

    /// <summary>Some exporters write 0 or -1 where any length will do.</summary>
    private OnnxAxis ReadAxis(long end)
    {
        var axis = new OnnxAxis(TensorSpec.Open, null);
        while (fields.TryNext(end, out var field))
        {
            axis = field.Number == 1 && !field.IsMessage && (long)field.Value is > 0 and <= int.MaxValue
                    ? new OnnxAxis((int)field.Value, null)
                : field.Number == 2 && field.IsMessage && fields.ReadText(field) is { Length: > 0 } name ? new OnnxAxis(TensorSpec.Open,
                    name)
                : axis;
            fields.Leave(field);
        }

        return axis;
    }
}
