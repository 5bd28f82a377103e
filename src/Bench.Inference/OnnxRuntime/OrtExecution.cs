using Bench.Inference.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>One stream of a session that takes inputs from host memory and leaves outputs there: the provider copies.</summary>
internal sealed class OrtExecution : IExecution
{
    private readonly OrtSession _session;
    private readonly HostMemory _memory;
    private readonly RunOptions _runOptions = new();
    private readonly BoundTensor _output;
    private readonly OrtValue[] _outputValues;
    private readonly OrtValue[] _inputValues = new OrtValue[1];
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    public OrtExecution(OrtSession session, HostMemory memory)
    {
        _session = session;
        _memory = memory;
        _inputNames = [session.Request.InputName];
        _outputNames = [session.Request.OutputName];
        _output = new BoundTensor(memory.Reserve(session.Request.OutputLength), session.Request.OutputShape);
        _outputValues = [_output.Value];
    }

    public ReadOnlySpan<float> Output => _output.Memory.Values;

    public IBoundInput Bind(float[] input)
    {
        _session.Request.ThrowIfNoInput(input);
        return new BoundTensor(_memory.Hold(input), _session.Request.InputShape);
    }

    public void Run(IBoundInput input)
    {
        _inputValues[0] = ((BoundTensor)input).Value;
        try
        {
            _session.Native.Run(_runOptions, _inputNames, _inputValues, _outputNames, _outputValues);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"ONNX Runtime failed to run {_session.Request.ModelPath}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _runOptions.Dispose();
    }
}
