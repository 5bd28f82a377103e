using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Bench.Models.Networks;
using Bench.Models.Weights;

namespace Bench.Inference.Tests;

/// <summary>Weights from a seed, of a size that keeps values near one through many layers (He et al.,
/// https://doi.org/10.1109/ICCV.2015.123).</summary>
internal static class RandomWeights
{
    public static SafetensorsFile For(Network network, int seed)
    {
        var random = new Random(seed);
        var head = new Dictionary<string, object>();
        var values = new List<Half>();
        foreach (var (name, shape) in network.WeightShapes)
        {
            var count = shape.Aggregate(1, (product, axis) => product * axis);
            var scale = Math.Sqrt(6.0 / Math.Max(1, count / shape[0]));
            head.Add(name, new { dtype = "F16", shape, data_offsets = new[] { values.Count * 2, (values.Count + count) * 2 } });
            values.AddRange(Enumerable.Range(0, count)
                .Select(_ => (Half)(((random.NextDouble() * 2) - 1) * (shape.Length == 1 ? 0.1 : scale))));
        }

        var json = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(head));
        var file = new byte[8 + json.Length + (values.Count * 2)];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        MemoryMarshal.AsBytes<Half>(CollectionsMarshal.AsSpan(values)).CopyTo(file.AsSpan(8 + json.Length));
        return SafetensorsFile.Parse(file, "random weights");
    }
}
