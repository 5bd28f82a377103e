using System.Runtime.InteropServices;

namespace Bench.Inference.OnnxRuntime.Memory;

/// <summary>Arrays where they lie, pinned so that the garbage collector does not move them.</summary>
internal sealed class PageableMemory : HostMemory
{
    public override HostTensor Hold(byte[] input)
    {
        var pin = GCHandle.Alloc(input, GCHandleType.Pinned);
        return new HostTensor(pin.AddrOfPinnedObject(), input.Length, pin.Free);
    }

    public override HostTensor Reserve(int length) => Hold(GC.AllocateUninitializedArray<byte>(length, pinned: true));
}
