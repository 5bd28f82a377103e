using System.Runtime.InteropServices;
using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <summary>A network compiled by OpenVINO for one device. Images and outputs are wrapped where they lie, not copied.</summary>
internal sealed class OpenVinoSession : IInferenceSession
{
    private readonly SessionRequest _request;
    private readonly string _device;
    private readonly Core _core = new();
    private readonly float[] _output;
    private readonly OvType _float;
    private readonly Shape _outputShape;
    private readonly Tensor _outputTensor;
    private readonly GCHandle _outputPin;
    private CompiledModel? _compiled;
    private InferRequest? _inference;

    private OpenVinoSession(SessionRequest request, string device)
    {
        _request = request;
        _device = device;
        _float = FloatType();
        _output = new float[request.OutputLength];
        _outputPin = GCHandle.Alloc(_output, GCHandleType.Pinned);
        _outputShape = new Shape(Long(request.OutputShape));
        _outputTensor = new Tensor(_float, _outputShape, _outputPin.AddrOfPinnedObject());
    }

    public ReadOnlySpan<float> Output => _output;

    public SessionFacts Facts { get; private set; } = SessionFacts.None;

    /// <param name="request">Which network, and how.</param>
    /// <param name="device">OpenVINO's name of the device.</param>
    /// <param name="trace">Whether the time of every node is taken, for <see cref="Profile"/>.</param>
    /// <exception cref="InferenceException">OpenVINO cannot load the network, or has no such device.</exception>
    public static OpenVinoSession Load(SessionRequest request, string device, bool trace) => Guard("cannot load " + request.ModelPath, () =>
    {
        var session = new OpenVinoSession(request, device);
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

    public IBoundInput Bind(float[] input) => input.Length == _request.InputLength
        ? new BoundInput(input, Long(_request.InputShape), _float)
        : throw new InferenceException($"Found an image of {input.Length} values; the network takes {_request.InputLength}.");

    public void Run(IBoundInput input)
    {
        try
        {
            _inference!.set_input_tensor(((BoundInput)input).Tensor);
            _inference.infer();
        }
        catch (Exception e) when (IsOpenVinos(e))
        {
            throw new InferenceException($"OpenVINO failed to run {_request.ModelPath}: {e.Message}", e);
        }
    }

    /// <summary>Where and in what type the nodes of the last run ran.</summary>
    public ExecutionProfile Profile()
    {
        var nodes = Guard("cannot tell where nodes ran", () => ReadProfile(_inference!));
        // Nothing runs elsewhere: without AUTO or HETERO the device takes the whole network or refuses it.
        return ExecutionProfile.Of(nodes.GroupBy(node => node)
            .Select(group => new NodeGroup(group.Key.Operator, _device, group.Key.Type, group.Count())), _ => false);
    }

    private static IEnumerable<Ov.ProfilingInfo> Entries(Ov.ov_profiling_info_list list)
    {
        for (var i = 0; i < (int)list.size; i++)
        {
            yield return Marshal.PtrToStructure<Ov.ProfilingInfo>(list.profiling_infos + (i * Marshal.SizeOf<Ov.ProfilingInfo>()));
        }
    }

    private static unsafe List<(string Operator, string Type)> ReadProfile(InferRequest inference)
    {
        // Not get_profiling_info: the API's own loop gives the first entry again and again.
        Ov.ov_profiling_info_list list = default;
        var status = NativeMethods.ov_infer_request_get_profiling_info(inference.Ptr, (nint)(&list));
        if (status != ExceptionStatus.OK)
        {
            throw new InferenceException($"OpenVINO gives no profile: {status}.");
        }

        List<(string, string)> nodes = [.. Entries(list)
            .Where(info => info.status == Ov.ProfilingInfo.Status.EXECUTED)
            .Select(info => (info.node_type, OpenVinoTypes.ElementTypeOf(info.exec_type)))];
        _ = NativeMethods.ov_profiling_info_list_free((nint)(&list));
        return nodes;
    }

    public void Dispose()
    {
        _inference?.Dispose();
        _compiled?.Dispose();
        _outputTensor.Dispose();
        _outputShape.Dispose();
        _core.Dispose();
        if (_outputPin.IsAllocated)
        {
            _outputPin.Free();
        }
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
        Set("NUM_STREAMS", "1");
        // Otherwise OpenVINO computes in half precision of its own accord where the device can.
        Set("INFERENCE_PRECISION_HINT", OpenVinoTypes.HintFor(_request.Precision));
        if (_device == "CPU")
        {
            Set("INFERENCE_NUM_THREADS", $"{_request.Threads}");
        }

        if (trace)
        {
            Set("PERF_COUNT", "YES");
        }

        using var model = _core.read_model(_request.ModelPath);
        if (model.get_inputs_size() != 1 || model.get_outputs_size() != 1)
        {
            throw new InferenceException($"{_request.ModelPath}: "
                + $"found {model.get_inputs_size()} inputs and {model.get_outputs_size()} outputs; expected one of each.");
        }

        _compiled = _core.compile_model(model, _device, null);
        _inference = _compiled.create_infer_request();
        _inference.set_output_tensor(_outputTensor);
        string[] told = ["PERFORMANCE_HINT", "INFERENCE_PRECISION_HINT", "NUM_STREAMS",
            .. _device == "CPU" ? ["INFERENCE_NUM_THREADS"] : Array.Empty<string>()];
        Facts = new SessionFacts(
            Ov.get_openvino_version().buildNumber,
            _device == "CPU" ? null : _core.get_property(_device, PropertyKey.FULL_DEVICE_NAME),
            false,
            told.ToDictionary(key => key, _compiled.get_property));
    }

    // One at a time: of several, the API sets the first alone.
    private void Set(string key, string value) => _core.set_property(_device, KeyValuePair.Create(key, value));

    /// <summary>
    /// OpenVINO's number for 32-bit floats: 5 up to 2025.0, as the API believes, and 4 after that, where 5 means 64 bits. A tensor of one
    /// element tells which.
    /// </summary>
    private static OvType FloatType()
    {
        foreach (var code in new[] { ElementType.F32, ElementType.F16 })
        {
            var type = new OvType(code);
            using var shape = new Shape(new long[] { 1 });
            using var tensor = new Tensor(type, shape);
            if (tensor.get_byte_size() == sizeof(float))
            {
                return type;
            }
        }

        throw new InferenceException("This version of OpenVINO numbers element types in a way that OpenVINO.CSharp.API 2024.0 does not "
            + "know; use OpenVINO 2024 to 2026.");
    }

    private static long[] Long(IReadOnlyList<int> shape) => [.. shape.Select(axis => (long)axis)];

    private static T Guard<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (IsOpenVinos(e))
        {
            throw new InferenceException($"OpenVINO {what}: {e.Message}", e);
        }
    }

    // The API's own exception is not public.
    private static bool IsOpenVinos(Exception exception) =>
        exception is DllNotFoundException or EntryPointNotFoundException || exception.GetType().Namespace == typeof(Core).Namespace;

    private sealed class BoundInput : IBoundInput
    {
        private readonly GCHandle _pin;
        private readonly Shape _shape;

        public BoundInput(float[] input, long[] shape, OvType type)
        {
            _pin = GCHandle.Alloc(input, GCHandleType.Pinned);
            _shape = new Shape(shape);
            Tensor = new Tensor(type, _shape, _pin.AddrOfPinnedObject());
        }

        public Tensor Tensor { get; }

        public void Dispose()
        {
            Tensor.Dispose();
            _shape.Dispose();
            if (_pin.IsAllocated)
            {
                _pin.Free();
            }
        }
    }
}
