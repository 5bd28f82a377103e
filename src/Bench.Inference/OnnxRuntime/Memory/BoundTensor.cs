using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Bench.Inference.OnnxRuntime.Memory;

/// <summary>Host memory as ONNX Runtime takes it: wrapped once, where it lies.</summary>
internal sealed class BoundTensor : IBoundInput
{
    public BoundTensor(HostTensor memory, IReadOnlyList<int> shape)
    {
        Memory = memory;
        Value = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, TensorElementType.Float, [.. shape.Select(axis => (long)axis)], memory.Address, memory.Bytes);
    }

    public HostTensor Memory { get; }

    public OrtValue Value { get; }

    public void Dispose()
    {
        Value.Dispose();
        Memory.Dispose();
    }
}
