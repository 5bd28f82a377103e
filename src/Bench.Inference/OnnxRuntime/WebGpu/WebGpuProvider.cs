using Bench.Inference.Knobs;
using Bench.Inference.Settings;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.WebGpu;

/// <summary>ONNX Runtime's WebGPU provider: a GPU of any vendor, through Vulkan, Direct3D 12 or Metal.</summary>
internal sealed class WebGpuProvider : OrtProvider
{
    private const string PowerPreference = "powerPreference";

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

    public override IReadOnlyList<DeviceFacts> Devices => OperatingSystem.IsWindows()
        ? [DxgiAdapters.ByPower(leastPower: false), DxgiAdapters.ByPower(leastPower: true)]
        : OperatingSystem.IsMacOS() ? [new DeviceFacts("Metal device (the engine does not tell which)", IsSoftware: false)]
        : [VulkanDevices.First(leastPower: false), VulkanDevices.First(leastPower: true)];

    public override DeviceFacts Device(IReadOnlyList<DeviceFacts> devices, string choice) =>
        choice == KnobCatalogue.LowPower ? devices[^1] : devices[0];

    public override SessionSettings Written(SessionSettings settings, SessionRequest request) =>
        settings with { Provider = ProfileName, ProviderOptions = Settings(request) };

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        var settings = Settings(request);
        options.AppendExecutionProvider("WebGPU", settings);
        settings["api"] = OperatingSystem.IsWindows() ? "Direct3D 12" : OperatingSystem.IsMacOS() ? "Metal" : "Vulkan";
        return OrtSetup.AsAsked(settings, request, settings.GetValueOrDefault(PowerPreference, KnobCatalogue.HighPerformance));
    }

    // The provider runs one request at a time: ConcurrentRunSupported in webgpu_execution_provider.h.
    public override bool AllowsConcurrentRuns(SessionRequest request) => false;

    /// <summary>The options of the provider. Adapters are told apart by what they need of power, and by nothing else; the engine's default
    /// is the fastest.</summary>
    internal static Dictionary<string, string> Settings(SessionRequest request)
    {
        var settings = ProviderOptions.In(request.Knobs);
        if (request.Knobs.IsSet(KnobCatalogue.Device))
        {
            settings[PowerPreference] = request.Knobs[KnobCatalogue.Device];
        }

        return settings;
    }
}
