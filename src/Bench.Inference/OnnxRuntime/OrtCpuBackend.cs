using Bench.Inference.NativeRuntimes;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>ONNX Runtime's CPU provider, with all graph optimisations or, as the unaccelerated baseline, with none.</summary>
public sealed class OrtCpuBackend : IBackend
{
    private const string ExecutionProvider = "CPUExecutionProvider";

    private readonly bool _optimised;
    private readonly RuntimeCatalogue _runtimes;

    /// <summary>Describes the backend; nothing is loaded yet.</summary>
    /// <param name="id">The name in cell ids.</param>
    /// <param name="optimised">Whether the graph is optimised.</param>
    /// <param name="runtimes">The native libraries to choose from.</param>
    public OrtCpuBackend(string id, bool optimised, RuntimeCatalogue runtimes)
    {
        Id = id;
        _optimised = optimised;
        _runtimes = runtimes;
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public string Description => _optimised
        ? "ONNX Runtime, CPU provider"
        : "ONNX Runtime, CPU provider, all graph optimisations off: the unaccelerated baseline";

    private Flavour? Flavour => _runtimes.Flavours.FirstOrDefault(flavour => flavour.Engine == "onnxruntime");

    /// <inheritdoc/>
    public BackendAvailability Check() => Flavour is { } flavour
        ? BackendAvailability.Available($"onnxruntime {flavour.Version}", $"{flavour.Source} {flavour.Package}")
        : BackendAvailability.Unavailable(
            $"no native library of ONNX Runtime for {RuntimeCatalogue.PlatformRid} in {string.Join(", ", _runtimes.Folders)}; "
            + "build the solution once (dotnet build), which fetches it from NuGet or npm");

    /// <inheritdoc/>
    public IInferenceSession Load(SessionRequest request)
    {
        using var options = Options(request);
        return OrtSession.Load(request, options);
    }

    /// <inheritdoc/>
    public ExecutionProfile Inspect(SessionRequest request, float[] input)
    {
        using var options = Options(request);
        return OrtProfile.Record(request, options, input, ExecutionProvider);
    }

    private SessionOptions Options(SessionRequest request)
    {
        if (Flavour is not { } flavour)
        {
            throw new InferenceException($"{Id}: {Check().Reason}.");
        }

        OrtLibrary.Use(flavour);
        return new SessionOptions
        {
            GraphOptimizationLevel = _optimised ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = request.Threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING,
        };
    }
}
