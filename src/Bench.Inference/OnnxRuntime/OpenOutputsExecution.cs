using Bench.Inference.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>One stream of a session of which the length of an output depends on the numbers that go in: ONNX Runtime reserves the memory
/// of all outputs in each run, as it does for a program that does not bind any.</summary>
internal sealed class OpenOutputsExecution : IExecution
{
    private readonly OrtSession _session;
    private readonly HostMemory _memory;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private IDisposableReadOnlyCollection<OrtValue>? _outputs;

    public OpenOutputsExecution(OrtSession session, HostMemory memory)
    {
        _session = session;
        _memory = memory;
        _inputNames = [.. session.Request.Inputs.Select(input => input.Name)];
        _outputNames = [.. session.Request.Outputs.Select(output => output.Name)];
    }

    public IBoundInput Bind(IReadOnlyList<byte[]> inputs) => new BoundTensors(_session.Request, _memory, inputs);

    public void Run(IBoundInput input)
    {
        // As a program does that is done with the outputs of the last request.
        _outputs?.Dispose();
        _outputs = null;
        try
        {
            _outputs = _session.Native.Run(_runOptions, _inputNames, ((BoundTensors)input).Values, _outputNames);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"ONNX Runtime failed to run {_session.Request.ModelPath}: {e.Message}", e);
        }
    }

    public ReadOnlySpan<byte> Output(int index) => _outputs is { } outputs ? outputs[index].GetTensorMutableRawData() : [];

    /// <summary>The shape of an output of the last run.</summary>
    /// <param name="index">Which output.</param>
    public IReadOnlyList<int> Shape(int index) => [.. _outputs![index].GetTensorTypeAndShape().Shape.Select(axis => checked((int)axis))];

    public void Dispose()
    {
        _outputs?.Dispose();
        _runOptions.Dispose();
    }
}
