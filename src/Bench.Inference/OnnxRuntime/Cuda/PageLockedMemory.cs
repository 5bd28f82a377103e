using System.Runtime.InteropServices;
using Bench.Inference.OnnxRuntime.Memory;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>Page-locked memory. Each tensor has pages of its own: arrays may share pages, and a page is locked once.</summary>
/// <param name="cuda">CUDA's runtime.</param>
/// <param name="device">The device's index.</param>
internal sealed unsafe class PageLockedMemory(CudaRuntime cuda, int device) : HostMemory
{
    public override HostTensor Hold(byte[] input)
    {
        var tensor = Reserve(input.Length);
        input.CopyTo(tensor.Bytes);
        return tensor;
    }

    public override HostTensor Reserve(int length)
    {
        var page = (nuint)Environment.SystemPageSize;
        var bytes = ((nuint)length + page - 1) / page * page;
        var memory = (nint)NativeMemory.AlignedAlloc(bytes, page);
        try
        {
            // A call makes a context on the thread's device, and no other device should have one.
            cuda.SetDevice(device);
            cuda.Lock(memory, bytes);
        }
        catch
        {
            NativeMemory.AlignedFree((void*)memory);
            throw;
        }

        return new HostTensor(memory, length, () =>
        {
            cuda.Unlock(memory);
            NativeMemory.AlignedFree((void*)memory);
        });
    }
}
