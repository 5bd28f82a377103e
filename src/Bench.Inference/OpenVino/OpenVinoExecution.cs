using System.Runtime.InteropServices;
using Bench.Models.Signatures;
using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <summary>One stream of a compiled network. Inputs and outputs are wrapped where they lie, not copied.</summary>
internal sealed class OpenVinoExecution : IExecution
{
    private readonly SessionRequest _request;
    private readonly string _device;
    private readonly InferRequest _inference;
    private readonly byte[][] _outputs;
    private readonly BoundTensor[] _outputTensors;

    public OpenVinoExecution(SessionRequest request, string device, InferRequest inference)
    {
        _request = request;
        _device = device;
        _inference = inference;
        _outputs = [.. request.Outputs.Select(output => new byte[output.Bytes])];
        _outputTensors = [.. _outputs.Zip(request.Outputs, (bytes, output) => new BoundTensor(bytes, output))];
        for (var i = 0; i < _outputTensors.Length; i++)
        {
            _inference.set_output_tensor((ulong)i, _outputTensors[i].Tensor);
        }
    }

    public ReadOnlySpan<byte> Output(int index) => _outputs[index];

    public IBoundInput Bind(IReadOnlyList<byte[]> inputs)
    {
        _request.ThrowIfUnfit(inputs);
        return new BoundInputs([.. inputs.Zip(_request.Inputs, (bytes, input) => new BoundTensor(bytes, input))]);
    }

    public void Run(IBoundInput input)
    {
        var tensors = ((BoundInputs)input).Tensors;
        try
        {
            for (var i = 0; i < tensors.Length; i++)
            {
                _inference.set_input_tensor((ulong)i, tensors[i].Tensor);
            }

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
        foreach (var output in _outputTensors)
        {
            output.Dispose();
        }
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

    private sealed class BoundInputs(BoundTensor[] tensors) : IBoundInput
    {
        public BoundTensor[] Tensors { get; } = tensors;

        public void Dispose()
        {
            foreach (var tensor in Tensors)
            {
                tensor.Dispose();
            }
        }
    }

    private sealed class BoundTensor : IDisposable
    {
        private readonly GCHandle _pin;
        private readonly Shape _shape;

        public BoundTensor(byte[] bytes, TensorSpec spec)
        {
            _pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            _shape = new Shape(OpenVinoCalls.Long(spec.Shape));
            Tensor = new Tensor(OpenVinoElements.Of(spec.Type), _shape, _pin.AddrOfPinnedObject());
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
