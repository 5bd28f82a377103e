using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>Memory of a tensor on the device, from ONNX Runtime's own allocator there.</summary>
internal sealed unsafe class DeviceTensor : IDisposable
{
    public DeviceTensor(OrtAllocator allocator, IReadOnlyList<int> shape)
    {
        Value = OrtValue.CreateAllocatedTensorValue(allocator, TensorElementType.Float, [.. shape.Select(axis => (long)axis)]);
        // Where it begins; nothing is read here.
        Address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Value.GetTensorMutableRawData()));
    }

    public OrtValue Value { get; }

    public nint Address { get; }

    public void Dispose() => Value.Dispose();
}
