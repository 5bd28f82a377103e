using Bench.Inference.Knobs;
using Bench.Inference.Settings;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.CoreML;

/// <summary>ONNX Runtime's CoreML provider, which its builds for macOS have: processor, graphics processor and neural engine of a Mac.
/// </summary>
/// <remarks>Options: https://onnxruntime.ai/docs/execution-providers/CoreML-ExecutionProvider.html. The neural engine computes in 16 bits
/// whatever the network's type, and CoreML does not tell where a part ran: its precision is unknown.</remarks>
internal sealed class CoreMLProvider : OrtProvider
{
    private const string Units = "MLComputeUnits";

    // The newer of the two formats, which keeps the types of the network.
    private const string Format = "ModelFormat";
    private const string NewFormat = "MLProgram";

    private static readonly Dictionary<string, string> UnitsOfDevices = new()
    {
        ["cpu"] = "CPUOnly",
        ["gpu"] = "CPUAndGPU",
        ["npu"] = "CPUAndNeuralEngine",
        ["all"] = "ALL",
    };

    /// <summary>What the knob <c>device</c> may be.</summary>
    public static IReadOnlyCollection<string> DeviceNames => UnitsOfDevices.Keys;

    public override string BackendId => "ort-coreml";

    public override string Description => "ONNX Runtime, CoreML provider, on a Mac's processor, GPU and neural engine";

    // Builds for macOS have it beside the provider of the processor.
    public override string Key => "cpu";

    public override string Name => "coreml";

    public override string ProfileName => "CoreMLExecutionProvider";

    public override string? WhyNotHere => OperatingSystem.IsMacOS() ? null
        : "CoreML is part of macOS: run Bench on a Mac (dotnet publish benchmarks -r osx-arm64 -c Release makes a folder to copy there).";

    public override string Remedy => "build the solution once (dotnet build), which fetches it from NuGet.";

    public override string Needs => "It needs macOS 12 or later.";

    public override IReadOnlyList<DeviceFacts> Devices => [new DeviceFacts("Mac, by CoreML", IsSoftware: false)];

    public override DeviceFacts Device(IReadOnlyList<DeviceFacts> devices, string choice) => choice == "cpu"
        ? DeviceFacts.Processor
        : devices[0];

    public override SessionSettings Written(SessionSettings settings, SessionRequest request) =>
        settings with { Provider = ProfileName, ProviderOptions = Settings(request) };

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        var settings = Settings(request);
        options.AppendExecutionProvider("CoreML", settings);
        return OrtSetup.AsAsked(settings, request, settings[Units] == UnitsOfDevices["cpu"] ? SessionFacts.Processor : settings[Units]);
    }

    // Nobody says that a compiled model takes several requests at once.
    public override bool AllowsConcurrentRuns(SessionRequest request) => false;

    /// <summary>The provider's options for a request.</summary>
    internal static Dictionary<string, string> Settings(SessionRequest request)
    {
        var settings = ProviderOptions.In(request.Knobs);
        settings.TryAdd(Format, NewFormat);
        settings[Units] = UnitsOfDevices[request.Knobs.IsSet(KnobCatalogue.Device) ? request.Knobs[KnobCatalogue.Device] : "all"];
        return settings;
    }
}
