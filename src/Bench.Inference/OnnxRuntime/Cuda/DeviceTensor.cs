using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bench.Models.Signatures;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>Memory of a tensor on the device, from ONNX Runtime's own allocator there.</summary>
internal sealed unsafe class DeviceTensor : IDisposable
{
    public DeviceTensor(OrtAllocator allocator, TensorSpec tensor)
    {
        Value = OrtValue.CreateAllocatedTensorValue(allocator, OrtTypes.Of(tensor.Type), OrtTypes.Long(tensor.Shape));
        // Where it begins; nothing is read here.
        Address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Value.GetTensorMutableRawData()));
    }

    public OrtValue Value { get; }

    public nint Address { get; }

    public void Dispose() => Value.Dispose();
}
