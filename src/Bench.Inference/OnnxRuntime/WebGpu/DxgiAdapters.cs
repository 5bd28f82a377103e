using System.Runtime.InteropServices;

namespace Bench.Inference.OnnxRuntime.WebGpu;

/// <summary>Asks Windows for its graphics adapters: the first is DirectML's device 0, the fastest is the one that
/// WebGPU asks for.</summary>
/// <remarks>https://learn.microsoft.com/windows/win32/api/dxgi/nn-dxgi-idxgifactory1;
/// the slots are those of the interfaces' tables.</remarks>
internal static unsafe class DxgiAdapters
{
    private const int ReleaseSlot = 2;
    private const int EnumAdapters1Slot = 12;
    private const int GetDesc1Slot = 10;
    private const uint SoftwareFlag = 2;
    private const int EnumAdapterByGpuPreferenceSlot = 29;
    private const int LeastPower = 1;
    private const int HighPerformance = 2;
    private const int MaximumAdapters = 64;
    private static readonly Guid Factory1 = new("770aae78-f26f-4dba-a829-253c83d1b387");
    private static readonly Guid Factory6 = new("c1b6694f-ff09-44a9-b03c-77900a0a1d17");
    private static readonly Guid Adapter1 = new("29038f61-3839-4626-91fd-086879011a05");

    [StructLayout(LayoutKind.Sequential)]
    private struct Description
    {
        public fixed char Name[128];
        public uint Vendor;
        public uint Device;
        public uint SubSystem;
        public uint Revision;
        public nuint DedicatedVideoMemory;
        public nuint DedicatedSystemMemory;
        public nuint SharedSystemMemory;
        public long Luid;
        public uint Flags;
    }

    /// <returns>The adapters in the order of DirectML's indices; none if they cannot be told.</returns>
    public static IReadOnlyList<DeviceFacts> All() => Enumerable.Range(0, MaximumAdapters)
        .Select(At).TakeWhile(adapter => adapter != DeviceFacts.Processor).ToList();

    /// <param name="leastPower">Whether the one that needs the least power is meant, or the fastest.</param>
    /// <returns>The adapter that Windows calls so (since 1803); without a name if there is none or it cannot be told.</returns>
    public static DeviceFacts ByPower(bool leastPower) => Find(Factory6, (factory, adapter) =>
    {
        var iid = Adapter1;
        return ((delegate* unmanaged<void**, uint, int, Guid*, void***, int>)Slot((void**)factory, EnumAdapterByGpuPreferenceSlot))(
            (void**)factory, 0, leastPower ? LeastPower : HighPerformance, &iid, (void***)adapter);
    });

    private static DeviceFacts At(int index) => Find(Factory1,
        (factory, adapter) => ((delegate* unmanaged<void**, uint, void***, int>)Slot((void**)factory, EnumAdapters1Slot))(
            (void**)factory, (uint)index, (void***)adapter));

    private static DeviceFacts Find(Guid factoryId, Func<nint, nint, int> enumerate)
    {
        if (!OperatingSystem.IsWindows() || !NativeLibrary.TryLoad("dxgi.dll", out var library)
            || !NativeLibrary.TryGetExport(library, "CreateDXGIFactory1", out var export))
        {
            return DeviceFacts.Processor;
        }

        var iid = factoryId;
        void** factory;
        if (((delegate* unmanaged<Guid*, void***, int>)export)(&iid, &factory) < 0)
        {
            return DeviceFacts.Processor;
        }

        void** adapter;
        var found = enumerate((nint)factory, (nint)(&adapter)) >= 0;
        var facts = found ? Describe(adapter) : DeviceFacts.Processor;
        if (found)
        {
            Release(adapter);
        }

        Release(factory);
        return facts;
    }

    private static DeviceFacts Describe(void** adapter)
    {
        Description description;
        return ((delegate* unmanaged<void**, Description*, int>)Slot(adapter, GetDesc1Slot))(adapter, &description) >= 0
            ? new DeviceFacts(new string(description.Name), (description.Flags & SoftwareFlag) != 0) { Luid = $"0x{description.Luid:x}" }
            : DeviceFacts.Processor;
    }

    private static void Release(void** unknown) => ((delegate* unmanaged<void**, uint>)Slot(unknown, ReleaseSlot))(unknown);

    private static void* Slot(void** unknown, int index) => ((void**)*unknown)[index];
}
