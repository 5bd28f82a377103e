using System.Runtime.InteropServices;
using Bench.Models.Onnx;
using Google.Protobuf;

namespace Bench.Models.Quantization;

/// <summary>Writes a network in which what a plan says is computed in 8-bit integers: pairs of QuantizeLinear and DequantizeLinear around
/// the values that are written so (QDQ), which engines take together with the nodes between them.</summary>
/// <remarks>https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html#onnx-quantization-representation-format.
/// </remarks>
public sealed class QuantizedNetwork
{
    /// <summary>The version of what is written: another one may write another file from the same ranges.</summary>
    public const int Version = 2;

    private readonly QuantizationPlan _plan;
    private readonly IReadOnlyDictionary<string, ActivationRange> _ranges;
    private readonly GraphProto _graph;
    private readonly Dictionary<string, TensorProto> _weights;
    private readonly Dictionary<string, Parameters> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, int? Axis), string> _dequantized = [];
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _quantized = new(StringComparer.Ordinal);
    private readonly List<NodeProto> _nodes = [];
    private readonly HashSet<string> _names;

    private QuantizedNetwork(QuantizationPlan plan, IReadOnlyDictionary<string, ActivationRange> ranges)
    {
        (_plan, _ranges, _graph) = (plan, ranges, plan.Model.Graph);
        _weights = _graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _names = [.. _graph.Node.SelectMany(node => node.Input.Concat(node.Output)), .. _weights.Keys,
            .. _graph.Input.Concat(_graph.Output).Select(value => value.Name)];
    }

    /// <summary>Writes the network into the plan's own model.</summary>
    /// <param name="plan">What is computed in integers.</param>
    /// <param name="ranges">The range of each value that the plan wants to know.</param>
    /// <returns>The network.</returns>
    /// <exception cref="ArgumentException">A range is missing, or no finite one.</exception>
    public static ModelProto Write(QuantizationPlan plan, IReadOnlyDictionary<string, ActivationRange> ranges)
    {
        var missing = plan.Observed.Where(name =>
            !ranges.TryGetValue(name, out var range) || !(double.IsFinite(range.Min) && double.IsFinite(range.Max))).ToList();
        if (missing.Count > 0)
        {
            throw new ArgumentException($"Found no range of {string.Join(", ", missing)}; expected one for every value.", nameof(ranges));
        }

        new QuantizedNetwork(plan, ranges).Run();
        return plan.Model;
    }

    private void Run()
    {
        var outputs = _graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var input in _graph.Input.Where(input => _plan.Values.Contains(input.Name)).ToList())
        {
            Quantize(input.Name, input.Name);
        }

        var dropped = _plan.Dropped.ToDictionary(node => node.Input[0], node => node.Output[0], StringComparer.Ordinal);
        foreach (var node in _graph.Node.Where(node => !_plan.Dropped.Contains(node)).ToList())
        {
            if (IsMovedAsIntegers(node))
            {
                Move(node, outputs);
                continue;
            }

            for (var i = 0; i < node.Input.Count; i++)
            {
                node.Input[i] = _renamed.GetValueOrDefault(node.Input[i], node.Input[i]);
            }

            if (_plan.Integers.Contains(node) && IntegerNodes.HasWeights(node))
            {
                QuantizeWeights(node);
            }

            _nodes.Add(node);
            for (var i = 0; i < node.Output.Count; i++)
            {
                var name = node.Output[i] = dropped.GetValueOrDefault(node.Output[i], node.Output[i]);
                // What the network gives keeps its name, behind the pair.
                var isWritten = _plan.Values.Contains(name);
                var float32 = node.Output[i] = isWritten && outputs.Contains(name) ? NewName(name, "float") : name;
                if (_plan.Apart.Contains(name))
                {
                    KeepApart(node, i);
                }

                if (isWritten)
                {
                    Quantize(name, float32, outputs.Contains(name) ? name : null);
                }
            }
        }

        var taken = Taken(outputs);
        // What is moved as integers is not asked for as floats.
        _nodes.RemoveAll(node => node.OpType == "DequantizeLinear" && !taken.Contains(node.Output[0]));
        taken = Taken(outputs);
        var weights = _graph.Initializer.Where(tensor => taken.Contains(tensor.Name)).ToList();
        _graph.Node.Clear();
        _graph.Node.AddRange(_nodes);
        _graph.Initializer.Clear();
        _graph.Initializer.AddRange(weights);
        _graph.ValueInfo.Clear();
    }

    /// <summary>Puts a sum of one number, which changes nothing and which engines do not take for integers, between a node and the pair
    /// behind it: without it ONNX Runtime makes one node of integers of the two pairs and what is between them.</summary>
    private void KeepApart(NodeProto node, int output)
    {
        var name = node.Output[output];
        node.Output[output] = NewName(name, "apart");
        _nodes.Add(new NodeProto { OpType = "Sum", Name = node.Output[output], Input = { node.Output[output] }, Output = { name } });
    }

    private HashSet<string> Taken(IEnumerable<string> outputs) =>
        _nodes.SelectMany(node => node.Input).Concat(outputs).ToHashSet(StringComparer.Ordinal);

    /// <summary>Engines of processors take pairs around other nodes that move values, and not around these.</summary>
    private bool IsMovedAsIntegers(NodeProto node) =>
        node.OpType == "DepthToSpace" && _plan.Recipe.IsForProcessors && _plan.Integers.Contains(node);

    private void Move(NodeProto node, HashSet<string> outputs)
    {
        var (input, output, of) = (node.Input[0], node.Output[0], ParametersOf(node.Output[0]));
        node.Input[0] = _quantized[input];
        node.Output[0] = _quantized[output] = NewName(output, "quantized");
        _renamed[output] = outputs.Contains(output) ? output : NewName(output, "dequantized");
        _nodes.Add(node);
        _nodes.Add(QuantizedTensors.Pair("DequantizeLinear", [node.Output[0], of.ScaleName, of.ZeroName], _renamed[output]));
    }

    private Parameters ParametersOf(string value)
    {
        var group = _plan.GroupOf(value);
        if (!_parameters.TryGetValue(group, out var parameters))
        {
            var range = _plan.Observed.Where(name => _plan.GroupOf(name) == group).Select(name => _ranges[name])
                .Aggregate((one, other) => one.With(other));
            var (scale, zero) = range.Parameters(_plan.Recipe);
            _parameters[group] = parameters = new Parameters(scale, zero, NewName(group, "scale"), NewName(group, "zero_point"));
            _graph.Initializer.Add(QuantizedTensors.Scalar(parameters.ScaleName, scale));
            _graph.Initializer.Add(QuantizedTensors.Zero(parameters.ZeroName, zero, _plan.Recipe));
        }

        return parameters;
    }

    private void Quantize(string value, string from, string? to = null)
    {
        var of = ParametersOf(value);
        if (_plan.IsCutOff(value) && of.Zero != _plan.Recipe.ActivationLow)
        {
            throw new InvalidDataException($"'{value}' would not be cut off at zero any more: its range, or that of a value it shares its "
                + "scale with, begins below zero.");
        }

        var (quantized, dequantized) = (NewName(value, "quantized"), to ?? NewName(value, "dequantized"));
        _nodes.Add(QuantizedTensors.Pair("QuantizeLinear", [from, of.ScaleName, of.ZeroName], quantized));
        _nodes.Add(QuantizedTensors.Pair("DequantizeLinear", [quantized, of.ScaleName, of.ZeroName], dequantized));
        (_renamed[value], _quantized[value]) = (dequantized, quantized);
    }

    private void QuantizeWeights(NodeProto node)
    {
        var (input, axis) = (Original(node.Input[0]), IntegerNodes.ChannelAxis(node));
        var bias = node.Input.Count > 2 && node.Input[2].Length > 0 && _plan.Recipe.QuantizesBias ? _weights[node.Input[2]] : null;
        var numbers = bias is null ? null : TensorFloats.Of(bias);
        var scale = (double)ParametersOf(input).Scale;
        // A bias is written in steps of the products' scale, and must fit into 32 bits.
        var weights = QuantizedWeights.Of(_weights[node.Input[1]], axis, _plan.Recipe,
            channel => numbers is null ? 0 : Math.Abs((double)numbers[channel]) / scale / int.MaxValue);
        node.Input[1] = Dequantized(node.Input[1], axis, weights);
        if (bias is not null)
        {
            node.Input[2] = Bias(node, bias.Name, numbers!, [.. weights.Scales.Select(of => (float)(scale * of))]);
        }
    }

    private string Original(string dequantized) => _renamed.First(entry => entry.Value == dequantized).Key;

    private string Dequantized(string name, int axis, QuantizedWeights weights)
    {
        if (_dequantized.TryGetValue((name, axis), out var known))
        {
            return known;
        }

        var quantized = weights.ToTensor(NewName(name, "quantized"), _weights[name].Dims);
        var scale = QuantizedTensors.Vector(NewName(name, "scale"), weights.Scales);
        var zero = QuantizedTensors.Zeros(NewName(name, "zero_point"), QuantizedTensors.Int8, weights.Scales.Length);
        _graph.Initializer.Add([quantized, scale, zero]);
        var dequantized = NewName(name, "dequantized");
        _nodes.Add(QuantizedTensors.Pair("DequantizeLinear", [quantized.Name, scale.Name, zero.Name], dequantized, axis));
        return _dequantized[(name, axis)] = dequantized;
    }

    private string Bias(NodeProto node, string name, float[] numbers, float[] scales)
    {
        var integers = numbers.Select((number, i) => (int)Math.Round(
            Math.Clamp(number / (double)scales[i], int.MinValue, int.MaxValue), MidpointRounding.ToEven)).ToArray();
        var quantized = new TensorProto
        {
            Name = NewName($"{node.Output[0]}_{name}", "quantized"),
            DataType = QuantizedTensors.Int32,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(integers.AsSpan())),
        };
        quantized.Dims.Add(integers.Length);
        var scale = QuantizedTensors.Vector($"{quantized.Name}_scale", scales);
        var zero = QuantizedTensors.Zeros($"{quantized.Name}_zero_point", QuantizedTensors.Int32, scales.Length);
        _graph.Initializer.Add([quantized, scale, zero]);
        var dequantized = NewName($"{node.Output[0]}_{name}", "dequantized");
        _nodes.Add(QuantizedTensors.Pair("DequantizeLinear", [quantized.Name, scale.Name, zero.Name], dequantized, 0));
        return dequantized;
    }

    private string NewName(string name, string ending)
    {
        var made = $"{name}_{ending}";
        for (var i = 2; !_names.Add(made); i++)
        {
            made = FormattableString.Invariant($"{name}_{ending}_{i}");
        }

        return made;
    }

    /// <summary>How a value is written in integers, and the names of what says so.</summary>
    private sealed record Parameters(float Scale, int Zero, string ScaleName, string ZeroName);
}
