using System.Globalization;
using Bench.Inference.Knobs;
using Bench.Models.Batches;
using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <summary>A network compiled by OpenVINO for one device.</summary>
internal sealed class OpenVinoSession : IInferenceSession
{
    private const string Threads = "INFERENCE_NUM_THREADS";

    private readonly SessionRequest _request;
    private readonly string _kind;
    private readonly string _device;
    private readonly Core _core = new();
    private CompiledModel? _compiled;

    private OpenVinoSession(SessionRequest request, string kind)
    {
        _request = request;
        _kind = kind;
        _device = request.Knobs.IsSet(KnobCatalogue.Device) ? $"{kind}.{request.Knobs[KnobCatalogue.Device]}" : kind;
    }

    public SessionFacts Facts { get; private set; } = SessionFacts.None;

    private bool IsProcessor => _kind == "CPU";

    /// <param name="request">Which network, and how.</param>
    /// <param name="kind">OpenVINO's name of the kind of device.</param>
    /// <param name="trace">Whether the time of every node is taken, for <see cref="OpenVinoExecution.Profile"/>.</param>
    /// <exception cref="InferenceException">OpenVINO cannot load the network, or has no such device.</exception>
    public static OpenVinoSession Load(SessionRequest request, string kind, bool trace) =>
        OpenVinoCalls.Guard("cannot load " + request.ModelPath, () =>
        {
            var session = new OpenVinoSession(request, kind);
            try
            {
                session.Compile(trace);
                return session;
            }
            catch
            {
                session.Dispose();
                throw;
            }
        });

    public IExecution NewExecution() => NewOpenVinoExecution();

    internal OpenVinoExecution NewOpenVinoExecution() => OpenVinoCalls.Guard(
        "cannot reserve memory for " + _request.ModelPath,
        () => new OpenVinoExecution(_request, _device, _compiled!.create_infer_request()));

    public void Dispose()
    {
        _compiled?.Dispose();
        _core.Dispose();
    }

    private void Compile(bool trace)
    {
        var devices = _core.get_available_devices();
        if (!devices.Exists(name => name == _device || name.StartsWith(_device + ".", StringComparison.Ordinal)))
        {
            throw new InferenceException(
                $"OpenVINO has no device {_device} here; its devices are {string.Join(", ", devices)}. "
                + "For Intel's graphics processors install the compute runtime (intel-opencl-icd).");
        }

        Set("PERFORMANCE_HINT", "LATENCY");
        Set("NUM_STREAMS", _request.Knobs[KnobCatalogue.Streams]);
        // Otherwise OpenVINO computes in half precision of its own accord where the device can.
        Set("INFERENCE_PRECISION_HINT", OpenVinoTypes.HintFor(_request.Precision));
        if (_request.Knobs.Threads() is { } threads)
        {
            // The property counts those of all streams together; without it OpenVINO divides its own number among them.
            Set(Threads, (threads * _request.Knobs.Streams).ToString(CultureInfo.InvariantCulture));
        }

        if (trace)
        {
            Set("PERF_COUNT", "YES");
        }

        using var model = _core.read_model(ModelPath());
        if (model.get_inputs_size() != (ulong)_request.Inputs.Count || model.get_outputs_size() != (ulong)_request.Outputs.Count
            || !_request.HasFixedOutputs)
        {
            throw new InferenceException($"{_request.ModelPath}: "
                + $"found {model.get_inputs_size()} inputs and {model.get_outputs_size()} outputs; expected {_request.Inputs.Count} and "
                + $"{_request.Outputs.Count}, the outputs of a length that does not depend on the numbers that go in.");
        }

        _compiled = _core.compile_model(model, _device, null);
        string[] told = ["PERFORMANCE_HINT", "INFERENCE_PRECISION_HINT", "NUM_STREAMS", .. IsProcessor ? [Threads] : Array.Empty<string>()];
        var settings = told.ToDictionary(key => key, _compiled.get_property);
        Facts = new SessionFacts
        {
            Version = Ov.get_openvino_version().buildNumber,
            Device = IsProcessor ? null : _core.get_property(_device, PropertyKey.FULL_DEVICE_NAME),
            Settings = settings,
            Resolved = new Dictionary<string, string>
            {
                [KnobCatalogue.Threads] = settings.GetValueOrDefault(Threads, "unknown"),
                ["affinity"] = IsProcessor ? Affinity() : "unknown",
                [KnobCatalogue.Device] = _device,
            },
        };
    }

    // Told of no open axis, OpenVINO compiles for the one shape that is measured.
    private string ModelPath() => _request.FreeDimensions.Count == 0 ? _request.ModelPath
        : FixedAxes.Make(_request.ModelPath, _request.ModelSha256, _request.FreeDimensions, _request.Cache);

    // Not all versions have the property: https://docs.openvino.ai, "CPU device", "Multi-threading Optimization".
    private string Affinity()
    {
        try
        {
            return _compiled!.get_property("ENABLE_CPU_PINNING") is "YES" or "true" or "1" ? "pinned by OpenVINO" : "none";
        }
        catch (Exception e) when (OpenVinoCalls.IsOpenVinos(e))
        {
            return "unknown";
        }
    }

    // One at a time: of several, the API sets the first alone.
    private void Set(string key, string value) => _core.set_property(_device, KeyValuePair.Create(key, value));
}
