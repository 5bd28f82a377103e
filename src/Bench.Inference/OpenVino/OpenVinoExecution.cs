using System.Runtime.InteropServices;
using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <summary>One stream of a compiled network. Images and outputs are wrapped where they lie, not copied.</summary>
internal sealed class OpenVinoExecution : IExecution
{
    private readonly SessionRequest _request;
    private readonly string _device;
    private readonly OvType _float;
    private readonly InferRequest _inference;
    private readonly float[] _output;
    private readonly BoundTensor _outputTensor;

    public OpenVinoExecution(SessionRequest request, string device, OvType type, InferRequest inference)
    {
        _request = request;
        _device = device;
        _float = type;
        _inference = inference;
        _output = new float[request.OutputLength];
        _outputTensor = new BoundTensor(_output, OpenVinoCalls.Long(request.OutputShape), type);
        _inference.set_output_tensor(_outputTensor.Tensor);
    }

    public ReadOnlySpan<float> Output => _output;

    public IBoundInput Bind(float[] input)
    {
        _request.ThrowIfNoInput(input);
        return new BoundTensor(input, OpenVinoCalls.Long(_request.InputShape), _float);
    }

    public void Run(IBoundInput input)
    {
        try
        {
            _inference.set_input_tensor(((BoundTensor)input).Tensor);
            _inference.infer();
        }
        catch (Exception e) when (OpenVinoCalls.IsOpenVinos(e))
        {
            throw new InferenceException($"OpenVINO failed to run {_request.ModelPath}: {e.Message}", e);
        }
    }

    /// <summary>Where and in what type the nodes of the last run ran.</summary>
    public ExecutionProfile Profile()
    {
        var nodes = OpenVinoCalls.Guard("cannot tell where nodes ran", () => ReadProfile(_inference));
        // Nothing runs elsewhere: without AUTO or HETERO the device takes the whole network or refuses it.
        return ExecutionProfile.Of(nodes.GroupBy(node => node)
            .Select(group => new NodeGroup(group.Key.Operator, _device, group.Key.Type, group.Count())), _ => false);
    }

    public void Dispose()
    {
        _inference.Dispose();
        _outputTensor.Dispose();
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

    private sealed class BoundTensor : IBoundInput
    {
        private readonly GCHandle _pin;
        private readonly Shape _shape;

        public BoundTensor(float[] values, long[] shape, OvType type)
        {
            _pin = GCHandle.Alloc(values, GCHandleType.Pinned);
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
