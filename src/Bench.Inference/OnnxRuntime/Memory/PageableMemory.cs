using System.Runtime.InteropServices;

namespace Bench.Inference.OnnxRuntime.Memory;

/// <summary>Arrays where they lie, pinned so that the garbage collector does not move them.</summary>
internal sealed class PageableMemory : HostMemory
{
    public override HostTensor Hold(float[] image)
    {
        var pin = GCHandle.Alloc(image, GCHandleType.Pinned);
        return new HostTensor(pin.AddrOfPinnedObject(), image.Length, pin.Free);
    }

    public override HostTensor Reserve(int length) => Hold(GC.AllocateUninitializedArray<float>(length, pinned: true));
}
