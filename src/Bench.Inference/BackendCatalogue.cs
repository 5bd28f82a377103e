using System.Reflection;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.OnnxRuntime;

namespace Bench.Inference;

/// <summary>All backends that Bench knows, available here or not. A new one is a folder of its own and a line here.</summary>
public static class BackendCatalogue
{
    /// <summary>The id of the always-present unaccelerated baseline.</summary>
    public const string BaselineId = "ort-cpu-unoptimized";

    /// <summary>The id of the backend that outputs are compared with, at FP32.</summary>
    public const string ReferenceId = "ort-cpu";

    /// <summary>The managed API of ONNX Runtime; its version can be older than that of the native library.</summary>
    public static Assembly ManagedApi => typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly;

    /// <summary>Lists the backends, in the order of the matrix.</summary>
    /// <param name="runtimes">The native libraries to choose from.</param>
    /// <returns>The backends.</returns>
    public static IReadOnlyList<IBackend> All(RuntimeCatalogue runtimes) =>
    [
        new OrtCpuBackend(ReferenceId, optimised: true, runtimes),
        new OrtCpuBackend(BaselineId, optimised: false, runtimes),
    ];
}
