using System.Runtime.InteropServices;
using Bench.Models.Signatures;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Probing;

/// <summary>Single runs of a session that reserve whatever they need.</summary>
/// <param name="session">The session.</param>
/// <param name="inputs">What goes in.</param>
/// <param name="outputs">What comes out.</param>
internal sealed class ProbeRun(InferenceSession session, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs)
{
    /// <summary>Runs once.</summary>
    /// <param name="example">The bytes of every input.</param>
    /// <param name="times">How often an input goes in side by side on its first axis, by name; those that are not here go in once.</param>
    /// <returns>The shape of every output.</returns>
    /// <exception cref="OnnxRuntimeException">The engine failed.</exception>
    public IReadOnlyList<IReadOnlyList<int>> Once(IReadOnlyList<byte[]> example, IReadOnlyDictionary<string, (int Axis, int Times)> times)
    {
        var shapes = new List<IReadOnlyList<int>>();
        Run(example, times, (_, value) => shapes.Add([.. value.GetTensorTypeAndShape().Shape.Select(axis => checked((int)axis))]));
        return shapes;
    }

    /// <summary>Runs once.</summary>
    /// <param name="example">The bytes of every input.</param>
    /// <param name="take">Takes each output; it is gone afterwards.</param>
    /// <exception cref="OnnxRuntimeException">The engine failed.</exception>
    public void Each(IReadOnlyList<byte[]> example, Action<TensorSpec, OrtValue> take) =>
        Run(example, new Dictionary<string, (int Axis, int Times)>(), take);

    private void Run(
        IReadOnlyList<byte[]> example, IReadOnlyDictionary<string, (int Axis, int Times)> times, Action<TensorSpec, OrtValue> take)
    {
        using var options = new RunOptions();
        var pins = new List<GCHandle>();
        var values = new List<OrtValue>();
        try
        {
            for (var i = 0; i < inputs.Count; i++)
            {
                var (shape, bytes) = Repeated(inputs[i], example[i], times);
                var pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
                pins.Add(pin);
                values.Add(OrtValue.CreateTensorValueWithData(
                    OrtMemoryInfo.DefaultInstance, OrtTypes.Of(inputs[i].Type), OrtTypes.Long(shape), pin.AddrOfPinnedObject(),
                    bytes.Length));
            }

            using var found = session.Run(
                options, [.. inputs.Select(input => input.Name)], values, [.. outputs.Select(output => output.Name)]);
            foreach (var (output, value) in outputs.Zip(found))
            {
                take(output, value);
            }
        }
        finally
        {
            values.ForEach(value => value.Dispose());
            pins.ForEach(pin => pin.Free());
        }
    }

    private static (IReadOnlyList<int> Shape, byte[] Bytes) Repeated(
        TensorSpec input, byte[] bytes, IReadOnlyDictionary<string, (int Axis, int Times)> times)
    {
        if (!times.TryGetValue(input.Name, out var repeat))
        {
            return (input.Shape, bytes);
        }

        // The batch that was tried is 1, so that everything after its axis lies side by side.
        int[] shape = [.. input.Shape];
        shape[repeat.Axis] *= repeat.Times;
        var inner = bytes.Length / input.Shape.Take(repeat.Axis).Aggregate(1, (product, axis) => product * axis);
        return (shape, [.. bytes.Chunk(Math.Max(1, inner)).SelectMany(part => Enumerable.Repeat(part, repeat.Times).SelectMany(copy =>
            copy))]);
    }
}
