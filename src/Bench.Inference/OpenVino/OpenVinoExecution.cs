using System.Runtime.InteropServices;
using Bench.Inference.OpenVino.Native;

namespace Bench.Inference.OpenVino;

/// <summary>One stream of a compiled network. Inputs and outputs are wrapped where they lie, not copied.</summary>
internal sealed class OpenVinoExecution : IExecution
{
    private readonly SessionRequest _request;
    private readonly IOpenVinoCore _core;
    private readonly IOpenVinoRequest _inference;
    private readonly string _device;
    private readonly byte[][] _outputs;
    private readonly OpenVinoTensor[] _outputTensors = [];

    /// <param name="request">Which network, and how.</param>
    /// <param name="core">The core.</param>
    /// <param name="inference">The stream; disposed with this.</param>
    /// <param name="device">The device that computes, by OpenVINO's name.</param>
    /// <exception cref="InferenceException">OpenVINO does not take the memory of the outputs.</exception>
    public OpenVinoExecution(SessionRequest request, IOpenVinoCore core, IOpenVinoRequest inference, string device)
    {
        (_request, _core, _inference, _device) = (request, core, inference, device);
        _outputs = [.. request.Outputs.Select(output => new byte[output.Bytes])];
        try
        {
            _outputTensors = OpenVinoTensor.Wrap(core, _outputs, request.Outputs);
            for (var i = 0; i < _outputTensors.Length; i++)
            {
                _inference.SetOutput(i, _outputTensors[i].Tensor);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReadOnlySpan<byte> Output(int index) => _outputs[index];

    public IBoundInput Bind(IReadOnlyList<byte[]> inputs)
    {
        _request.ThrowIfUnfit(inputs);
        return new BoundInputs(OpenVinoTensor.Wrap(_core, inputs, _request.Inputs));
    }

    public void Run(IBoundInput input)
    {
        var tensors = ((BoundInputs)input).Tensors;
        for (var i = 0; i < tensors.Length; i++)
        {
            _inference.SetInput(i, tensors[i].Tensor);
        }

        _inference.Infer();
    }

    /// <summary>Where and in what type the nodes of the last run ran.</summary>
    /// <exception cref="InferenceException">OpenVINO does not tell.</exception>
    public ExecutionProfile Profile() =>
        // Nothing runs elsewhere: without HETERO the device takes the whole network or refuses it.
        ExecutionProfile.Of(Executed().GroupBy(node => node)
            .Select(group => new NodeGroup(group.Key.Operator, _device, group.Key.Type, group.Count())), _ => false);

    public void Dispose()
    {
        _inference.Dispose();
        foreach (var output in _outputTensors)
        {
            output.Dispose();
        }
    }

    private unsafe List<(string Operator, string Type)> Executed()
    {
        ProfileList list;
        OpenVinoStatus.ThrowIfFailed(OpenVinoApi.GetProfile(_inference.Handle, &list), "cannot tell where nodes ran");
        var nodes = new List<(string, string)>();
        for (nuint i = 0; i < list.Count; i++)
        {
            if (list.Entries[i].Status == ProfileEntry.Executed)
            {
                nodes.Add((Marshal.PtrToStringUTF8(list.Entries[i].NodeType) ?? ExecutionProfile.Unknown,
                    OpenVinoTypes.ElementTypeOf(Marshal.PtrToStringUTF8(list.Entries[i].ExecutionType))));
            }
        }

        OpenVinoApi.FreeProfile(&list);
        return nodes;
    }

    private sealed class BoundInputs(OpenVinoTensor[] tensors) : IBoundInput
    {
        public OpenVinoTensor[] Tensors { get; } = tensors;

        public void Dispose()
        {
            foreach (var tensor in Tensors)
            {
                tensor.Dispose();
            }
        }
    }
}
