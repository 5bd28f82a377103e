using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.WebGpu;

/// <summary>ONNX Runtime's WebGPU provider: a GPU of any vendor, through Vulkan, Direct3D 12 or Metal.</summary>
internal sealed class WebGpuProvider : OrtProvider
{
    public override string BackendId => "ort-webgpu";

    public override string Description => "ONNX Runtime, WebGPU provider, on a GPU of any vendor through Vulkan, Direct3D 12 or Metal";

    public override string Key => "webgpu";

    public override string ProfileName => "WebGpuExecutionProvider";

    public override string Remedy => "name it, as in --backends ort-webgpu, and Bench takes it from npm (about 130 MB; needs Node.js 20), "
        + "or build with BENCH_WEBGPU=npm.";

    public override string Needs => OperatingSystem.IsLinux()
        ? "It needs a GPU with a Vulkan driver (the vendor's, or Debian's mesa-vulkan-drivers) and libvulkan1."
        : "It needs a GPU with a driver of this system.";

    // The engine does not tell which device it took.
    // https://github.com/KhronosGroup/Vulkan-Loader/blob/main/docs/LoaderInterfaceArchitecture.md.
    public override IReadOnlyDictionary<string, string> RealDeviceVariables { get; } =
        new Dictionary<string, string> { ["VK_LOADER_DRIVERS_DISABLE"] = "*lvp*,*llvmpipe*,*swiftshader*" };

    public override DeviceFacts Device => OperatingSystem.IsWindows()
        ? DxgiAdapters.Fastest()
        : OperatingSystem.IsMacOS() ? new DeviceFacts("Metal device (the engine does not tell which)", IsSoftware: false)
        : VulkanDevices.First();

    public override IReadOnlyDictionary<string, string> Configure(SessionOptions options, SessionRequest request)
    {
        options.AppendExecutionProvider("WebGPU");
        return new Dictionary<string, string>
        {
            ["api"] = OperatingSystem.IsWindows() ? "Direct3D 12" : OperatingSystem.IsMacOS() ? "Metal" : "Vulkan",
        };
    }
}
