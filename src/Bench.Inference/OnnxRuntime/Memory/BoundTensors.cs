using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Memory;

/// <summary>The inputs of one request, as ONNX Runtime takes them.</summary>
internal sealed class BoundTensors : IBoundInput
{
    private readonly BoundTensor[] _tensors;

    /// <param name="request">What goes into the network.</param>
    /// <param name="memory">The host's memory.</param>
    /// <param name="inputs">The bytes of every input.</param>
    /// <exception cref="InferenceException">They do not fit the network, or there is no such memory.</exception>
    public BoundTensors(SessionRequest request, HostMemory memory, IReadOnlyList<byte[]> inputs)
    {
        request.ThrowIfUnfit(inputs);
        _tensors = [.. inputs.Zip(request.Inputs, (bytes, input) => new BoundTensor(memory.Hold(bytes), input))];
        Values = Array.ConvertAll(_tensors, tensor => tensor.Value);
    }

    public OrtValue[] Values { get; }

    public void Dispose()
    {
        foreach (var tensor in _tensors)
        {
            tensor.Dispose();
        }
    }
}
