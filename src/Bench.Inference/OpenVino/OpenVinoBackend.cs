using System.Runtime.CompilerServices;
using Bench.Inference.NativeRuntimes;
using Bench.Models;

namespace Bench.Inference.OpenVino;

/// <summary>OpenVINO on one of its devices, through <c>OpenVINO.CSharp.API</c>. Loads ONNX,
/// or OpenVINO's own files where a model comes in them.</summary>
/// <remarks>What names a type of that API lies in other classes: it is loaded only where it is here.</remarks>
internal sealed class OpenVinoBackend(string device, IReadOnlyList<LibraryPlace> places) : IBackend
{
    private bool _isOpen;

    public OpenVinoBackend(string device)
        : this(device, OpenVinoLibrary.Places)
    {
    }

    public string Id => $"openvino-{device.ToLowerInvariant()}";

    public string Description => device == "CPU" ? "OpenVINO, on the processor" : "OpenVINO, on an Intel graphics processor";

    public IReadOnlyList<Precision> Precisions { get; } = [Precision.Fp32, Precision.Bf16, Precision.Fp16, Precision.Int8];

    public ModelFormat? OwnFormat => ModelFormat.OpenVino;

    public IReadOnlyList<string> LibraryFolders => OpenVinoLibrary.Find(places) is var (_, path) ? OpenVinoLibrary.FoldersFor(path) : [];

    public BackendAvailability Check()
    {
        if (OpenVinoLibrary.Api() is not { } api)
        {
            return BackendAvailability.Unavailable(
                "this build has no OpenVINO.CSharp.API. "
                + "Where a NuGet feed serves it, set the variable BENCH_OPENVINO to nuget and build again.");
        }

        return OpenVinoLibrary.Find(places) is var (place, path)
            ? BackendAvailability.Available(
                "openvino", $"{place.Name}: {Path.GetFileName(path)}, through OpenVINO.CSharp.API {api.GetName().Version}")
            : BackendAvailability.Unavailable(
                $"no OpenVINO runtime (openvino_c) was found; looked in {string.Join(", ", places.Select(place => place.Description))}. "
                + "Install it with pip install openvino, from Intel's archive (then run its setupvars), "
                + "or name its folder with OPENVINO_LIB_PATHS.");
    }

    public void Open()
    {
        if (_isOpen)
        {
            return;
        }

        var check = Check();
        if (!check.IsAvailable)
        {
            throw new InferenceException($"{Id}: {check.Reason}");
        }

        OpenVinoLibrary.Use(OpenVinoLibrary.Api()!, OpenVinoLibrary.Find(places)!.Value.Path);
        _isOpen = true;
    }

    public IInferenceSession Load(SessionRequest request)
    {
        request.ThrowIfUnfitFor(this);
        Open();
        return Session(request, trace: false);
    }

    public ExecutionProfile Inspect(SessionRequest request, IReadOnlyList<byte[]> inputs)
    {
        request.ThrowIfUnfitFor(this);
        Open();
        return Profile(request, inputs);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private OpenVinoSession Session(SessionRequest request, bool trace) => OpenVinoSession.Load(request, device, trace);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ExecutionProfile Profile(SessionRequest request, IReadOnlyList<byte[]> inputs)
    {
        using var session = Session(request, trace: true);
        using var execution = session.NewOpenVinoExecution();
        using var bound = execution.Bind(inputs);
        execution.Run(bound);
        return execution.Profile();
    }
}
