using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Bench.Models.Weights;

namespace Bench.Models.Networks;

/// <summary>One convolution with ReLU, on numbers whose result is known exactly: whether an engine works can be told from it.</summary>
public static class TrialNetwork
{
    private const int Size = 8;
    private const int Channels = 4;
    private const string Layer = "trial";

    /// <summary>The name of the output.</summary>
    public const string OutputName = "output";

    /// <summary>The shape of the input, the batch of 1 included.</summary>
    public static IReadOnlyList<int> InputShape { get; } = [1, 1, Size, Size];

    /// <summary>The shape of the output, the batch of 1 included.</summary>
    public static IReadOnlyList<int> OutputShape { get; } = [1, Channels, Size, Size];

    /// <summary>Describes the network: 1×8×8 in, 4×8×8 out.</summary>
    /// <returns>Its one layer.</returns>
    public static Network Describe()
    {
        var net = new NetworkBuilder("trial", new FeatureShape(1, Size, Size));
        net.Convolution(Layer, NetworkBuilder.InputName, Channels, 3, padding: 1);
        return net.Build();
    }

    /// <summary>The weights: channel c sums its window (c + 1) / 4 times and subtracts c.</summary>
    /// <returns>All weights of the network.</returns>
    public static SafetensorsFile Weights()
    {
        var shapes = Describe().WeightShapes.ToList();
        var values = Enumerable.Range(0, Channels * 9).Select(i => Weight(i / 9))
            .Concat(Enumerable.Range(0, Channels).Select(c => (float)-c)).ToArray();
        var offset = 0;
        var head = new Dictionary<string, object>();
        foreach (var (name, shape) in shapes)
        {
            var length = shape.Aggregate(2, (product, axis) => product * axis);
            head.Add(name, new { dtype = "F16", shape, data_offsets = new[] { offset, offset + length } });
            offset += length;
        }

        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(head));
        var file = new byte[8 + json.Length + offset];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).CopyTo(file.AsSpan(8 + json.Length));
        return SafetensorsFile.Parse(file, "the trial network");
    }

    /// <summary>Fills an input with numbers from -2 to 2 in steps of a quarter.</summary>
    /// <param name="input">64 numbers.</param>
    public static void FillInput(Span<float> input)
    {
        for (var i = 0; i < input.Length; i++)
        {
            input[i] = ((i * 7 % 17) - 8) / 4f;
        }
    }

    /// <summary>What the network gives, computed step by step.</summary>
    /// <param name="input">64 numbers.</param>
    /// <returns>256 numbers, channels first.</returns>
    public static float[] Expected(ReadOnlySpan<float> input)
    {
        var output = new float[Channels * Size * Size];
        for (var i = 0; i < output.Length; i++)
        {
            var (channel, row, column) = (i / (Size * Size), i / Size % Size, i % Size);
            var sum = 0f;
            for (var y = Math.Max(row - 1, 0); y <= Math.Min(row + 1, Size - 1); y++)
            {
                for (var x = Math.Max(column - 1, 0); x <= Math.Min(column + 1, Size - 1); x++)
                {
                    sum += input[(y * Size) + x];
                }
            }

            output[i] = Math.Max(0, (sum * Weight(channel)) - channel);
        }

        return output;
    }

    private static float Weight(int channel) => (channel + 1) / 4f;
}
