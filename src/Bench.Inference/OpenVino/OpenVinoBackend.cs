using Bench.Inference.Knobs;
using Bench.Inference.NativeRuntimes;
using Bench.Models;

namespace Bench.Inference.OpenVino;

/// <summary>OpenVINO on one of its devices. Loads ONNX, or OpenVINO's own files where a model comes in them.</summary>
/// <param name="device">OpenVINO's name of the kind of device; null where the knob <c>device</c> names it.</param>
/// <param name="places">Where to look for its library.</param>
internal sealed class OpenVinoBackend(string? device, IReadOnlyList<LibraryPlace> places) : IBackend
{
    /// <summary>The backend whose device the knob names.</summary>
    public const string NamedDeviceId = "openvino";

    private bool _isOpen;

    public OpenVinoBackend(string? device)
        : this(device, OpenVinoLibrary.Places)
    {
    }

    public string Id => device is null ? NamedDeviceId : $"{NamedDeviceId}-{device.ToLowerInvariant()}";

    public string Description => device switch
    {
        OpenVinoDevice.Processor => "OpenVINO, on the processor",
        null => "OpenVINO, on a neural processor (--set device=npu) or on what it chooses itself (auto)",
        _ => "OpenVINO, on an Intel graphics processor",
    };

    public bool IsOnlyWhereNamed => device is null;

    public IReadOnlyList<Precision> Precisions { get; } = [Precision.Fp32, Precision.Bf16, Precision.Fp16, Precision.Int8];

    public ModelFormat? OwnFormat => ModelFormat.OpenVino;

    public IReadOnlyList<string> LibraryFolders => OpenVinoLibrary.Find(places) is var (_, path) ? OpenVinoLibrary.FoldersFor(path) : [];

    public BackendAvailability Check() => OpenVinoLibrary.Find(places) is var (place, path)
        ? BackendAvailability.Available("openvino", $"{place.Name}: {Path.GetFileName(path)}"
            + (OpenVinoWay.Chosen.Name is { } way ? $", through {way}" : string.Empty))
        : BackendAvailability.Unavailable(
            $"no OpenVINO runtime (openvino_c) was found; looked in {string.Join(", ", places.Select(place => place.Description))}. "
            + "Install it with pip install openvino, from Intel's archive (then run its setupvars), "
            + "or name its folder with OPENVINO_LIB_PATHS.");

    public void Open()
    {
        if (_isOpen)
        {
            return;
        }

        if (OpenVinoLibrary.Find(places) is not var (_, path))
        {
            throw new InferenceException($"{Id}: {Check().Reason}");
        }

        OpenVinoLibrary.Use(path);
        _isOpen = true;
    }

    public IInferenceSession Load(SessionRequest request) => Session(request, trace: false);

    public ExecutionProfile Inspect(SessionRequest request, IReadOnlyList<byte[]> inputs)
    {
        using var session = Session(request, trace: true);
        using var execution = session.NewOpenVinoExecution();
        using var bound = execution.Bind(inputs);
        execution.Run(bound);
        return execution.Profile() with { Device = session.Facts.Device };
    }

    private OpenVinoSession Session(SessionRequest request, bool trace)
    {
        request.ThrowIfUnfitFor(this);
        Open();
        return OpenVinoSession.Load(request, DeviceName(request.Knobs), trace);
    }

    // Of several graphics processors each has a number.
    private string DeviceName(KnobSettings knobs) => device is null
        ? knobs.IsSet(KnobCatalogue.Device) ? knobs[KnobCatalogue.Device].ToUpperInvariant() : OpenVinoDevice.Auto
        : knobs.IsSet(KnobCatalogue.Device) ? $"{device}.{knobs[KnobCatalogue.Device]}" : device;
}
