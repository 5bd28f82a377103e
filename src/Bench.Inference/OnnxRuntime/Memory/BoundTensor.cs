using Bench.Models.Signatures;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Memory;

/// <summary>Host memory as ONNX Runtime takes it: wrapped once, where it lies.</summary>
internal sealed class BoundTensor : IDisposable
{
    public BoundTensor(HostTensor memory, TensorSpec tensor)
    {
        Memory = memory;
        Value = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, OrtTypes.Of(tensor.Type), OrtTypes.Long(tensor.Shape), memory.Address, memory.Length);
    }

    public HostTensor Memory { get; }

    public OrtValue Value { get; }

    public void Dispose()
    {
        Value.Dispose();
        Memory.Dispose();
    }
}
