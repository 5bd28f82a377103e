using Bench.Inference.OnnxRuntime.Memory;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>
/// A session whose work on the device is recorded in its first run and replayed after that. Recorded work has fixed addresses: input and
/// output lie on the device for as long as the session lives, and are copied there and back in each timed run.
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
    private readonly HostTensor _output;
    private readonly OrtMemoryInfo _place;
    private readonly OrtAllocator _allocator;
    private readonly DeviceTensor _deviceInput;
    private readonly DeviceTensor _deviceOutput;
    private readonly OrtIoBinding _binding;

    /// <param name="session">A session without another execution.</param>
    /// <param name="memory">The host's memory.</param>
    /// <param name="cuda">Copies.</param>
    /// <param name="place">What ONNX Runtime calls the device's memory.</param>
    /// <param name="device">The device's index.</param>
    public GraphExecution(OrtSession session, HostMemory memory, CudaRuntime cuda, string place, int device)
    {
        var request = session.Request;
        _session = session;
        _memory = memory;
        _cuda = cuda;
        _device = device;
        cuda.SetDevice(device);
        _output = memory.Reserve(request.OutputLength);
        _place = new OrtMemoryInfo(place, OrtAllocatorType.DeviceAllocator, device, OrtMemType.Default);
        _allocator = new OrtAllocator(session.Native, _place);
        _deviceInput = new DeviceTensor(_allocator, request.InputShape);
        _deviceOutput = new DeviceTensor(_allocator, request.OutputShape);
        _binding = session.Native.CreateIoBinding();
        _binding.BindInput(request.InputName, _deviceInput.Value);
        _binding.BindOutput(request.OutputName, _deviceOutput.Value);
    }

    public ReadOnlySpan<float> Output => _output.Values;

    public IBoundInput Bind(float[] input)
    {
        _session.Request.ThrowIfNoInput(input);
        return new BoundImage(_memory.Hold(input));
    }

    public void Run(IBoundInput input)
    {
        var image = ((BoundImage)input).Memory;
        _cuda.SetDevice(_device);
        _cuda.CopyToDevice(_deviceInput.Address, image.Address, image.Bytes);
        try
        {
            _session.Native.RunWithBinding(_runOptions, _binding);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"ONNX Runtime failed to run {_session.Request.ModelPath} as a CUDA graph: {e.Message}. "
                + "A graph needs every node on the GPU, and shapes that do not change; leave graph=on out for this network.", e);
        }

        _cuda.CopyToHost(_output.Address, _deviceOutput.Address, _output.Bytes);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _deviceOutput.Dispose();
        _deviceInput.Dispose();
        _allocator.Dispose();
        _place.Dispose();
        _output.Dispose();
        _runOptions.Dispose();
    }

    private sealed class BoundImage(HostTensor memory) : IBoundInput
    {
        public HostTensor Memory { get; } = memory;

        public void Dispose() => Memory.Dispose();
    }
}
