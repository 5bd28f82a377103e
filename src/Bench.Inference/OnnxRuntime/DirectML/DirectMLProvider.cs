using Bench.Inference.OnnxRuntime.WebGpu;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.DirectML;

/// <summary>ONNX Runtime's DirectML provider: any Direct3D 12 GPU on Windows.</summary>
/// <remarks>Memory patterns and parallel execution must be off:
/// https://onnxruntime.ai/docs/execution-providers/DirectML-ExecutionProvider.html.</remarks>
internal sealed class DirectMLProvider : OrtProvider
{
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

    public override DeviceFacts Device => DxgiAdapters.First();

    public override IReadOnlyDictionary<string, string> Configure(SessionOptions options, SessionRequest request)
    {
        options.EnableMemoryPattern = false;
        options.AppendExecutionProvider_DML(0);
        return new Dictionary<string, string> { ["device_id"] = "0" };
    }
}
