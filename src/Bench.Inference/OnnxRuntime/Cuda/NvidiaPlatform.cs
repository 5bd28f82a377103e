using System.Globalization;
using Bench.Inference.Knobs;
using Bench.Inference.NativeRuntimes;
using Bench.Inference.OnnxRuntime.Memory;
using Bench.Models;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>What the CUDA and TensorRT providers have in common.</summary>
internal static class NvidiaPlatform
{
    /// <summary>
    /// TensorFloat-32 keeps 10 of fp32's 23 bits, and NVIDIA's libraries use it by default: fp32 here means fp32. The CUDA provider can be
    /// told; TensorRT's can not, but all of NVIDIA's libraries heed this variable if it is set before they start: 0 turns TensorFloat-32
    /// off, whatever a program asks for.
    /// </summary>
    public const string TensorFloatVariable = "NVIDIA_TF32_OVERRIDE";

    private const string Off = "0";

    // ONNX Runtime's name for the memory of CUDA devices: onnxruntime/core/framework/allocator.h.
    private const string DeviceMemory = "Cuda";

    /// <summary>What the variable is in this process, to be recorded.</summary>
    public static string TensorFloat => Environment.GetEnvironmentVariable(TensorFloatVariable) ?? "not set";

    /// <summary>Off in every precision but tf32; there the variable must not be set.</summary>
    public static IReadOnlyDictionary<string, string?> Variables(Precision precision) =>
        new Dictionary<string, string?> { [TensorFloatVariable] = precision == Precision.Tf32 ? null : Off };

    /// <exception cref="InferenceException">The variable overrules the precision in this process.</exception>
    public static void ThrowIfOverruled(Precision precision)
    {
        var value = Environment.GetEnvironmentVariable(TensorFloatVariable);
        if (value is not null && value == Off == (precision == Precision.Tf32))
        {
            throw new InferenceException(
                $"Found {TensorFloatVariable}={value}, which turns TensorFloat-32 {(value == Off ? "off" : "on")} whatever the precision; "
                + $"expected it {(value == Off ? "not to be set" : "to be 0 or not to be set")} in a process that computes in {precision}. "
                + "Unset the variable.");
        }
    }

    /// <summary>What to do where the provider's library is not here.</summary>
    /// <param name="needs">What the provider needs beside the driver.</param>
    public static string Remedy(string needs) => NvidiaDriver.Devices.Count == 0
        ? "no NVIDIA GPU with a driver was found either. "
            + $"On a machine with an NVIDIA GPU install its driver and {needs}, and run Bench again: it takes the library from NuGet."
        : "set the variable BENCH_GPU to nvidia and build (or publish) again.";

    /// <summary>The device's index as CUDA has it.</summary>
    public static int DeviceIndex(SessionRequest request) =>
        request.Knobs.IsSet(KnobCatalogue.Device) ? int.Parse(request.Knobs[KnobCatalogue.Device], CultureInfo.InvariantCulture) : 0;

    /// <summary>The device that a session runs on; null if there is none, or the driver is not here.</summary>
    public static NvidiaDevice? Device(SessionRequest request) => NvidiaDriver.Devices.ElementAtOrDefault(DeviceIndex(request));

    /// <summary>See <see cref="OrtProvider.ReducedFloat"/>: devices before Ampere have no such mode.</summary>
    public static string? ReducedFloat(SessionRequest request) =>
        request.Precision == Precision.Tf32 && Device(request) is not { LacksTensorFloat: true } ? Precision.Tf32.Id : null;

    /// <summary>What the measured program does beside the provider's options.</summary>
    public static IReadOnlyList<string> Remarks(SessionRequest request) =>
    [
        .. request.Knobs.IsSet(KnobCatalogue.HostMemory)
            ? ["The memory of inputs and outputs was page-locked (cudaHostRegister)."] : Array.Empty<string>(),
        .. request.Knobs.IsSet(KnobCatalogue.Graph)
            ? ["With a CUDA graph inputs and outputs lie in the device's memory (I/O binding), and are copied there and back (cudaMemcpy)."]
            : Array.Empty<string>(),
    ];

    /// <summary>What is recorded of a session.</summary>
    /// <param name="settings">The provider's options as they were set.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="taken">What the provider then said that it had, by names of knobs and of options.</param>
    public static OrtSetup Setup(
        IReadOnlyDictionary<string, string> settings, SessionRequest request, IReadOnlyDictionary<string, string> taken)
    {
        var versions = NvidiaVersions.OfCudaHere;
        return OrtSetup.AsTaken(
            new Dictionary<string, string>(settings)
            {
                ["host_memory"] = request.Knobs[KnobCatalogue.HostMemory],
                ["cuda"] = versions.Runtime,
                ["cudnn"] = versions.CuDnn,
                [TensorFloatVariable] = TensorFloat,
            },
            request, $"{DeviceIndex(request)}", taken);
    }

    /// <summary>An execution with the memory that the knobs ask for.</summary>
    public static IExecution NewExecution(OrtSession session)
    {
        var knobs = session.Request.Knobs;
        var device = DeviceIndex(session.Request);
        var memory = knobs.IsSet(KnobCatalogue.HostMemory)
            ? new PageLockedMemory(CudaRuntime.For($"{KnobCatalogue.HostMemory}={KnobCatalogue.PageLocked}"), device)
            : HostMemory.Pageable;
        return knobs.IsSet(KnobCatalogue.Graph)
            ? new GraphExecution(session, memory, CudaRuntime.For($"{KnobCatalogue.Graph}={KnobCatalogue.On}"), DeviceMemory, device)
            : OrtProvider.NewExecution(session, memory);
    }

    public static string? WhyNotHere => RuntimeCatalogue.PlatformRid is "linux-x64" or "win-x64"
        ? null
        : $"ONNX Runtime's NVIDIA providers are built for linux-x64 and win-x64; this is {RuntimeCatalogue.PlatformRid}.";

    /// <summary>Where CUDA, cuDNN and TensorRT lie when they are not on the search path:
    /// the toolkit's folder and Python's packages.</summary>
    public static IReadOnlyList<string> LibraryFolders =>
    [
        .. LibraryPlaces.Variable("CUDA_PATH", OperatingSystem.IsWindows() ? Path.Combine("bin", "x64") : "lib64"),
        .. LibraryPlaces.Variable("CUDA_PATH", "bin"),
        .. LibraryPlaces.Variable("TENSORRT_HOME", "lib"),
        .. LibraryPlaces.Existing("/usr/local/cuda/lib64"),
        .. PythonPackages.Find("nvidia").SelectMany(LibraryFoldersUnder),
        .. PythonPackages.Find("tensorrt_libs"),
    ];

    public static string LibraryName(string provider) => OperatingSystem.IsWindows()
        ? $"onnxruntime_providers_{provider}.dll"
        : $"libonnxruntime_providers_{provider}.so";

    // nvidia/cudnn/lib, nvidia/cu13/lib and so on; on Windows nvidia/cudnn/bin.
    private static IEnumerable<string> LibraryFoldersUnder(string nvidia) =>
        LibraryPlaces.Below(nvidia).SelectMany(
            package => new[] { Path.Combine(package, "lib"), Path.Combine(package, "bin"), Path.Combine(package, "bin", "x86_64") }
                .Where(Directory.Exists));
}
