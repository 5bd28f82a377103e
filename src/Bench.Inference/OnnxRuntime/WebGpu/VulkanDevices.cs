using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Bench.Inference.OnnxRuntime.WebGpu;

/// <summary>Asks Vulkan which devices there are, and which of them are programs on the processor.</summary>
/// <remarks>https://registry.khronos.org/vulkan/specs/latest/html/vkspec.html, sections 5 and 6.</remarks>
internal static unsafe class VulkanDevices
{
    private const uint InstanceCreateInfo = 1;

    // VkPhysicalDeviceProperties, of which the head is read: api, driver, vendor, device, type, name.
    private const int PropertiesLength = 4096;
    private const int DriverVersionOffset = 4;
    private const int VendorOffset = 8;
    private const uint Nvidia = 0x10de;
    private const int TypeOffset = 16;
    private const int NameOffset = 20;
    private const int NameLength = 256;

    // VkPhysicalDeviceType in the order in which WebGPU prefers them: discrete, integrated, virtual, other, processor.
    private static readonly int[] FastestFirst = [2, 1, 3, 0, ProcessorType];
    private static readonly int[] LeastPowerFirst = [1, 2, 3, 0, ProcessorType];
    private const int ProcessorType = 4;

    [StructLayout(LayoutKind.Sequential)]
    private struct CreateInfo
    {
        public uint Type;
        public void* Next;
        public uint Flags;
        public void* ApplicationInfo;
        public uint LayerCount;
        public void* Layers;
        public uint ExtensionCount;
        public void* Extensions;
    }

    /// <param name="leastPower">Whether an integrated device comes before a discrete one.</param>
    /// <returns>The device that WebGPU takes: the first of the best kind. Without a name if there is none or it cannot be told.</returns>
    public static DeviceFacts First(bool leastPower)
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libvulkan.so.1", out var library))
        {
            return DeviceFacts.Processor;
        }

        var create = (delegate* unmanaged<CreateInfo*, void*, void**, int>)NativeLibrary.GetExport(library, "vkCreateInstance");
        var destroy = (delegate* unmanaged<void*, void*, void>)NativeLibrary.GetExport(library, "vkDestroyInstance");
        var info = new CreateInfo { Type = InstanceCreateInfo };
        void* instance;
        if (create(&info, null, &instance) != 0)
        {
            return DeviceFacts.Processor;
        }

        try
        {
            return Read(library, instance)
                .OrderBy(device => Array.IndexOf(leastPower ? LeastPowerFirst : FastestFirst, device.Type))
                .Select(device => new DeviceFacts(device.Name, device.Type == ProcessorType))
                .FirstOrDefault(DeviceFacts.Processor);
        }
        finally
        {
            destroy(instance, null);
        }
    }

    private static List<(string Name, int Type)> Read(nint library, void* instance)
    {
        var enumerate = (delegate* unmanaged<void*, uint*, void**, int>)NativeLibrary.GetExport(library, "vkEnumeratePhysicalDevices");
        var getProperties = (delegate* unmanaged<void*, byte*, void>)NativeLibrary.GetExport(library, "vkGetPhysicalDeviceProperties");
        var devices = stackalloc void*[16];
        uint count = 16;
        var result = new List<(string, int)>();
        if (enumerate(instance, &count, devices) < 0)
        {
            return result;
        }

        var properties = stackalloc byte[PropertiesLength];
        for (var i = 0; i < count; i++)
        {
            getProperties(devices[i], properties);
            var head = new ReadOnlySpan<byte>(properties, NameOffset + NameLength);
            var name = head[NameOffset..];
            var length = name.IndexOf((byte)0);
            var driver = BinaryPrimitives.ReadUInt32LittleEndian(head[DriverVersionOffset..]);
            result.Add((
                $"{Encoding.UTF8.GetString(name[..Math.Max(length, 0)])}, "
                + $"Vulkan driver {DriverVersion(BinaryPrimitives.ReadUInt32LittleEndian(head[VendorOffset..]), driver)}",
                BinaryPrimitives.ReadInt32LittleEndian(head[TypeOffset..])));
        }

        return result;
    }

    // Vendors pack their versions as they like: https://vulkan.gpuinfo.org decodes them the same way.
    private static string DriverVersion(uint vendor, uint version) => vendor == Nvidia
        ? string.Create(CultureInfo.InvariantCulture, $"{version >> 22}.{(version >> 14) & 0xff:00}.{(version >> 6) & 0xff:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{version >> 22}.{(version >> 12) & 0x3ff}.{version & 0xfff}");
}
