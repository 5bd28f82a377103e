using Bench.Inference.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>One stream of a session that takes inputs from host memory and leaves outputs there: the provider copies.</summary>
internal sealed class OrtExecution : IExecution
{
    private readonly OrtSession _session;
    private readonly HostMemory _memory;
    private readonly RunOptions _runOptions = new();
    private readonly BoundTensor[] _outputs;
    private readonly OrtValue[] _outputValues;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    public OrtExecution(OrtSession session, HostMemory memory)
    {
        _session = session;
        _memory = memory;
        var request = session.Request;
        _inputNames = [.. request.Inputs.Select(input => input.Name)];
        _outputNames = [.. request.Outputs.Select(output => output.Name)];
        _outputs = [.. request.Outputs.Select(output => new BoundTensor(memory.Reserve(output.Bytes), output))];
        _outputValues = Array.ConvertAll(_outputs, output => output.Value);
    }

    public IBoundInput Bind(IReadOnlyList<byte[]> inputs) => new BoundTensors(_session.Request, _memory, inputs);

    public void Run(IBoundInput input)
    {
        try
        {
            _session.Native.Run(_runOptions, _inputNames, ((BoundTensors)input).Values, _outputNames, _outputValues);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"ONNX Runtime failed to run {_session.Request.ModelPath}: {e.Message}", e);
        }
    }

    public ReadOnlySpan<byte> Output(int index) => _outputs[index].Memory.Bytes;

    public void Dispose()
    {
        foreach (var output in _outputs)
        {
            output.Dispose();
        }

        _runOptions.Dispose();
    }
}
