using System.Runtime.InteropServices;
using Bench.Inference.OnnxRuntime.Plugins;

namespace Bench.Inference.Knobs;

/// <summary><c>ep.NAME</c>: any option of one of ONNX Runtime's execution providers, or, for the CPU provider, of its sessions.</summary>
/// <remarks>
/// CUDA and TensorRT refuse names that they do not know, in their own words. The others take any name and do nothing, so what they know is
/// listed here: webgpu_provider_options.h, dml_provider_factory.cc and onnxruntime_session_options_config_keys.h of ONNX Runtime 1.30.
/// </remarks>
internal static class ProviderOptions
{
    public const string Prefix = "ep.";

    /// <summary>Products of 32-bit floats in bfloat16, on Arm.</summary>
    public const string FastMathOnArm = "mlas.enable_gemm_fastmath_arm64_bfloat16";

    private const string TensorRTPrefix = "trt_";
    private const string SetByDevice = "it is set by the knob device";
    private const string SetByGraph = "it is set by the knob graph";
    private const string SetByPrecision = "it is set by the precision";
    private const string SetByBench = "Bench sets it for every network";
    private const string Address = "its value is an address in the process";

    /// <summary>Names of the options that sessions of the CPU provider know and that may change times.</summary>
    internal static readonly IReadOnlyList<string> OfSessions =
    [
        "session.intra_op.allow_spinning", "session.intra_op.spin_duration_us", "session.intra_op.spin_backoff_max",
        "session.intra_op_thread_affinities", "session.set_denormal_as_zero", "session.disable_prepacking",
        "session.use_device_allocator_for_initializers", "session.graph_optimizations_loop_level",
        "session.disable_quant_qdq", "session.disable_double_qdq_remover", "session.enable_quant_qdq_cleanup",
        "session.qdqisint8allowed", "session.x64quantprecision", "session.qdq_matmulnbits_accuracy_level",
        "optimization.enable_gelu_approximation", "optimization.enable_cast_chain_elimination",
        "optimization.disable_specified_optimizers",
        FastMathOnArm, "mlas.use_lut_gemm", "mlas.disable_kleidiai",
    ];

    private static readonly Dictionary<string, IReadOnlyList<string>> Known = new()
    {
        ["ort-cpu"] = OfSessions,
        ["ort-cpu-unoptimized"] = OfSessions,
        ["ort-directml"] = ["disable_metacommands", "disable_memory_arena"],
        ["ort-coreml"] =
        [
            "ModelFormat", "RequireStaticInputShapes", "EnableOnSubgraphs", "SpecializationStrategy", "ProfileComputePlan",
            "AllowLowPrecisionAccumulationOnGPU", "ModelCacheDirectory",
        ],
        ["ort-xnnpack"] = [],
        ["ort-webgpu"] =
        [
            "preferredLayout", "dawnBackendType", "storageBufferCacheMode", "uniformBufferCacheMode", "queryResolveBufferCacheMode",
            "defaultBufferCacheMode", "validationMode", "forceCpuNodeNames", "preserveDevice", "enableInt64", "maxNumPendingDispatches",
            "maxStorageBufferBindingSize", "enableRobustness",
        ],
    };

    private static readonly Dictionary<string, string> Taken = new()
    {
        ["device_id"] = SetByDevice,
        ["deviceId"] = SetByDevice,
        ["powerPreference"] = SetByDevice,
        ["performance_preference"] = SetByDevice,
        ["device_filter"] = SetByDevice,
        ["MLComputeUnits"] = SetByDevice,
        ["intra_op_num_threads"] = "it is set by the knob threads",
        ["prefer_nhwc"] = "it is set by the knob layout",
        ["use_tf32"] = SetByPrecision,
        ["enable_cuda_graph"] = SetByGraph,
        ["trt_cuda_graph_enable"] = SetByGraph,
        ["trt_fp16_enable"] = SetByPrecision,
        ["trt_bf16_enable"] = SetByPrecision,
        ["trt_int8_enable"] = SetByPrecision,
        ["trt_engine_cache_enable"] = SetByBench,
        ["trt_engine_cache_path"] = SetByBench,
        ["trt_engine_cache_prefix"] = SetByBench,
        ["trt_timing_cache_enable"] = SetByBench,
        ["trt_timing_cache_path"] = SetByBench,
        ["trt_profile_min_shapes"] = SetByBench,
        ["trt_profile_opt_shapes"] = SetByBench,
        ["trt_profile_max_shapes"] = SetByBench,
        ["has_user_compute_stream"] = Address,
        ["user_compute_stream"] = Address,
        ["gpu_external_alloc"] = Address,
        ["gpu_external_free"] = Address,
        ["gpu_external_empty_cache"] = Address,
        ["enableGraphCapture"] = "it needs inputs and outputs in the device's memory, which Bench has for CUDA alone",
    };

    /// <summary>Whether a knob is a provider option, by its name.</summary>
    public static bool IsKnob(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length;

    /// <summary>The knob of an option.</summary>
    /// <param name="name">The option's name after <c>ep.</c>.</param>
    public static Knob Knob(string name) => new()
    {
        Name = name,
        Description = "an option of ONNX Runtime's execution provider, or of sessions on its CPU provider",
        Sets = $"the option {name[Prefix.Length..]}",
        Default = Knobs.Knob.EnginesChoice,
        Expected = "the option's value as the engine's documentation has it, or default",
        IsValue = value => !string.IsNullOrWhiteSpace(value),
        WhyNotOn = backend => WhyNot(backend, name[Prefix.Length..]),
    };

    /// <summary>What the engine calls an option; the knob's own name for another knob.</summary>
    public static string NameOf(string knob) => IsKnob(knob) ? knob[Prefix.Length..] : knob;

    /// <summary>The options among settings, by the names that the engine has for them.</summary>
    public static Dictionary<string, string> In(KnobSettings settings) => settings.Where(knob => IsKnob(knob.Key))
        .ToDictionary(knob => NameOf(knob.Key), knob => knob.Value);

    private static string? WhyNot(string backend, string option) => backend switch
    {
        // Of a provider in a library of its own nobody knows the options.
        _ when PluginLibrary.IsBackend(backend) => null,
        _ when Taken.TryGetValue(option, out var reason) => reason,
        _ when IsOfArm(option) && RuntimeInformation.ProcessArchitecture != Architecture.Arm64 =>
            $"it is for Arm processors, and this is {RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}",
        "ort-tensorrt" => IsTensorRTs(option) ? null : $"options of TensorRT's provider begin with {TensorRTPrefix}",
        "ort-cuda" => !IsTensorRTs(option) && !OfSessions.Contains(option) ? null : "it is no option of the CUDA provider",
        _ when Known.TryGetValue(backend, out var names) => names.Contains(option)
            ? null
            : $"it knows {string.Join(", ", names)}",
        _ => "it is no provider of ONNX Runtime",
    };

    private static bool IsOfArm(string option) => option is FastMathOnArm or "mlas.disable_kleidiai";

    private static bool IsTensorRTs(string option) => option.StartsWith(TensorRTPrefix, StringComparison.Ordinal);
}
