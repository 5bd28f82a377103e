using Bench.Inference.NativeRuntimes;
using Bench.Models;

namespace Bench.Inference.TensorFlow;

/// <summary>Plain TensorFlow on the processor, through its C API: the study's unaccelerated baseline. Loads frozen graphs.</summary>
internal sealed class TensorFlowBackend(IReadOnlyList<LibraryPlace> places) : IBackend
{
    // Since 2.9 TensorFlow uses oneDNN or not according to the processor's model; plain TensorFlow means without, everywhere.
    private const string OneDnnVariable = "TF_ENABLE_ONEDNN_OPTS";

    private bool _isOpen;

    public TensorFlowBackend()
        : this(TensorFlowLibrary.Places)
    {
    }

    public string Id => "tensorflow-cpu";

    public string Description => "TensorFlow, on the processor, without oneDNN: the study's plain baseline";

    public ModelFormat Format => ModelFormat.TensorFlow;

    public IReadOnlyDictionary<string, string?> Variables(Precision precision) =>
        new Dictionary<string, string?> { [OneDnnVariable] = "0", ["TF_CPP_MIN_LOG_LEVEL"] = "2" };

    public IReadOnlyList<Precision> Precisions { get; } = [Precision.Fp32, Precision.Fp16];

    public BackendAvailability Check() => TensorFlowLibrary.Find(places) is var (place, path)
        ? BackendAvailability.Available("tensorflow", $"{place.Name}: {Path.GetFileName(path)}")
        : BackendAvailability.Unavailable(
            $"no libtensorflow 2.x was found; looked in {string.Join(", ", places.Select(place => place.Description))}. "
            + (OperatingSystem.IsLinux() ? "Install it with pip install tensorflow-cpu, or unpack" : "Unpack")
            + " libtensorflow (https://www.tensorflow.org/install/lang_c) and set TENSORFLOW_LIB_DIR to its lib folder.");

    public void Open()
    {
        if (_isOpen)
        {
            return;
        }

        if (TensorFlowLibrary.Find(places) is not var (_, path))
        {
            throw new InferenceException($"{Id}: {Check().Reason}");
        }

        TensorFlowLibrary.Use(path);
        _isOpen = true;
    }

    public IInferenceSession Load(SessionRequest request)
    {
        request.ThrowIfUnfitFor(this);
        Open();
        return TensorFlowSession.Load(request, Environment.GetEnvironmentVariable(OneDnnVariable));
    }

    public ExecutionProfile Inspect(SessionRequest request, IReadOnlyList<byte[]> inputs)
    {
        request.ThrowIfUnfitFor(this);
        Open();
        using var session = TensorFlowSession.Load(request, null);
        using var execution = session.NewTensorFlowExecution();
        using var bound = execution.Bind(inputs);
        // The first run optimises the graph; the second one shows what is left.
        execution.Run(bound);
        return TensorFlowTrace.Read(execution.RunTraced(bound));
    }
}
