using System.Globalization;
using Bench.Inference.Knobs;
using Bench.Inference.OnnxRuntime.WebGpu;
using Bench.Inference.Settings;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.DirectML;

/// <summary>ONNX Runtime's DirectML provider: any Direct3D 12 GPU on Windows.</summary>
/// <remarks>Memory patterns and parallel execution must be off:
/// https://onnxruntime.ai/docs/execution-providers/DirectML-ExecutionProvider.html.</remarks>
internal sealed class DirectMLProvider : OrtProvider
{
    private const string DeviceId = "device_id";

    public override string BackendId => "ort-directml";

    public override string Description => "ONNX Runtime, DirectML provider, on a Direct3D 12 GPU of any vendor";

    public override string Key => "directml";

    public override string ProfileName => "DmlExecutionProvider";

    public override string? WhyNotHere => OperatingSystem.IsWindowsVersionAtLeast(10)
        ? null
        : "DirectML is part of Windows: "
            + "run Bench on Windows 10 or later (dotnet publish benchmarks -r win-x64 -c Release makes a folder to copy there).";

    public override string Remedy => "name it, as in --backends ort-directml, and Bench takes it from npm (about 130 MB; "
        + "needs Node.js 20), or build with BENCH_WEBGPU=npm, or with BENCH_DIRECTML=nuget where your feed serves it.";

    public override string Needs => "It needs a GPU with a Direct3D 12 driver.";

    public override IReadOnlyList<DeviceFacts> Devices => DxgiAdapters.All();

    public override SessionSettings Written(SessionSettings settings, SessionRequest request) =>
        settings with { Provider = ProfileName, ProviderOptions = Settings(request) };

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        options.EnableMemoryPattern = false;
        var settings = Settings(request);
        if (settings.Count == 1)
        {
            options.AppendExecutionProvider_DML(int.Parse(settings[DeviceId], CultureInfo.InvariantCulture));
        }
        else
        {
            options.AppendExecutionProvider("DML", settings);
        }

        return OrtSetup.AsAsked(settings, request, settings[DeviceId]);
    }

    // One Run at a time: the provider's page says so.
    public override bool AllowsConcurrentRuns(SessionRequest request) => false;

    /// <summary>The options of the provider: the first adapter unless another is named.</summary>
    internal static Dictionary<string, string> Settings(SessionRequest request) => new(ProviderOptions.In(request.Knobs))
    {
        [DeviceId] = request.Knobs.IsSet(KnobCatalogue.Device) ? request.Knobs[KnobCatalogue.Device] : "0",
    };
}
