using Bench.Inference.Knobs;
using Bench.Inference.Settings;
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
        if (!optimised)
        {
            options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
        }

        foreach (var (name, value) in ProviderOptions.In(request.Knobs))
        {
            options.AddSessionConfigEntry(name, value);
        }

        return OrtSetup.AsAsked(new Dictionary<string, string> { ["graph_optimization_level"] = Level(request) }, request);
    }

    public override SessionSettings Written(SessionSettings settings, SessionRequest request) =>
        settings with { Optimisation = optimised ? settings.Optimisation : "off", ConfigEntries = ProviderOptions.In(request.Knobs) };

    // Which operators take the shorter way is the engine's choice.
    public override string? ReducedFloat(SessionRequest request) =>
        ProviderOptions.In(request.Knobs).GetValueOrDefault(ProviderOptions.FastMathOnArm) == "1" ? ExecutionProfile.Unknown : null;

    private string Level(SessionRequest request) => !optimised || request.Knobs[KnobCatalogue.Optimisation] == "off" ? "none"
        : request.Knobs[KnobCatalogue.Optimisation];
}
