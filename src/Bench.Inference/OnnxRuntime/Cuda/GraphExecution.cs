using Bench.Inference.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>
/// A session whose work on the device is recorded in its first run and replayed after that. Recorded work has fixed addresses: inputs and
/// outputs lie on the device for as long as the session lives, and are copied there and back in each timed run.
/// </summary>
/// <remarks>https://onnxruntime.ai/docs/performance/tune-performance/iobinding.html,
/// https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html, "Using CUDA Graphs".</remarks>
internal sealed class GraphExecution : IExecution
{
    private readonly OrtSession _session;
    private readonly HostMemory _memory;
    private readonly CudaRuntime _cuda;
    private readonly int _device;
    private readonly RunOptions _runOptions = new();
    private readonly HostTensor[] _outputs;
    private readonly OrtMemoryInfo _place;
    private readonly OrtAllocator _allocator;
    private readonly DeviceTensor[] _deviceInputs;
    private readonly DeviceTensor[] _deviceOutputs;
    private readonly OrtIoBinding _binding;

    /// <param name="session">A session without another execution.</param>
    /// <param name="memory">The host's memory.</param>
    /// <param name="cuda">Copies.</param>
    /// <param name="place">What ONNX Runtime calls the device's memory.</param>
    /// <param name="device">The device's index.</param>
    public GraphExecution(OrtSession session, HostMemory memory, CudaRuntime cuda, string place, int device)
    {
        var request = session.Request;
        if (!request.HasFixedOutputs)
        {
            throw new InferenceException(
                $"{request.ModelPath}: the length of an output depends on the numbers that go in, and a CUDA graph "
                + "has fixed addresses; leave graph=on out for this network.");
        }

        _session = session;
        _memory = memory;
        _cuda = cuda;
        _device = device;
        cuda.SetDevice(device);
        _outputs = [.. request.Outputs.Select(output => memory.Reserve(output.Bytes))];
        _place = new OrtMemoryInfo(place, OrtAllocatorType.DeviceAllocator, device, OrtMemType.Default);
        _allocator = new OrtAllocator(session.Native, _place);
        _deviceInputs = [.. request.Inputs.Select(input => new DeviceTensor(_allocator, input))];
        _deviceOutputs = [.. request.Outputs.Select(output => new DeviceTensor(_allocator, output))];
        _binding = session.Native.CreateIoBinding();
        for (var i = 0; i < _deviceInputs.Length; i++)
        {
            _binding.BindInput(request.Inputs[i].Name, _deviceInputs[i].Value);
        }

        for (var i = 0; i < _deviceOutputs.Length; i++)
        {
            _binding.BindOutput(request.Outputs[i].Name, _deviceOutputs[i].Value);
        }
    }

    public ReadOnlySpan<byte> Output(int index) => _outputs[index].Bytes;

    public IBoundInput Bind(IReadOnlyList<byte[]> inputs)
    {
        _session.Request.ThrowIfUnfit(inputs);
        return new BoundInputs([.. inputs.Select(_memory.Hold)]);
    }

    public void Run(IBoundInput input)
    {
        _cuda.SetDevice(_device);
        var tensors = ((BoundInputs)input).Tensors;
        for (var i = 0; i < tensors.Length; i++)
        {
            _cuda.CopyToDevice(_deviceInputs[i].Address, tensors[i].Address, tensors[i].Length);
        }

        try
        {
            _session.Native.RunWithBinding(_runOptions, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"ONNX Runtime failed to run {_session.Request.ModelPath} as a CUDA graph: {e.Message}. "
                + "A graph needs every node on the GPU, and shapes that do not change; leave graph=on out for this network.", e);
        }

        for (var i = 0; i < _outputs.Length; i++)
        {
            _cuda.CopyToHost(_outputs[i].Address, _deviceOutputs[i].Address, _outputs[i].Length);
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        foreach (var tensor in _deviceOutputs.Concat(_deviceInputs))
        {
            tensor.Dispose();
        }

        _allocator.Dispose();
        _place.Dispose();
        foreach (var output in _outputs)
        {
            output.Dispose();
        }

        _runOptions.Dispose();
    }

    private sealed class BoundInputs(HostTensor[] tensors) : IBoundInput
    {
        public HostTensor[] Tensors { get; } = tensors;

        public void Dispose()
        {
            foreach (var tensor in Tensors)
            {
                tensor.Dispose();
            }
        }
    }
}
