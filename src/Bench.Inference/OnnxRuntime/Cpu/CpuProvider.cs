using Bench.Inference.Knobs;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Cpu;

/// <summary>ONNX Runtime's CPU provider, with all graph optimisations or, as the unaccelerated baseline, with none.</summary>
internal sealed class CpuProvider(string backendId, bool optimised) : OrtProvider
{
    public override string BackendId => backendId;

    public override string Description => optimised
        ? "ONNX Runtime, CPU provider"
        : "ONNX Runtime, CPU provider, all graph optimisations off: the unaccelerated baseline";

    public override string Key => "cpu";

    public override string ProfileName => "CPUExecutionProvider";

    public override string Remedy => "build the solution once (dotnet build), which fetches it from NuGet or npm.";

    public override OrtSetup Configure(SessionOptions options, SessionRequest request)
    {
        options.GraphOptimizationLevel = optimised ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL;
        foreach (var (name, value) in ProviderOptions.In(request.Knobs))
        {
            options.AddSessionConfigEntry(name, value);
        }

        return OrtSetup.AsAsked(new Dictionary<string, string> { ["graph_optimization_level"] = optimised ? "all" : "none" }, request);
    }
}
