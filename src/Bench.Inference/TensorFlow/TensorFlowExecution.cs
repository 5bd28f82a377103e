using Google.Protobuf;

namespace Bench.Inference.TensorFlow;

/// <summary>One stream of a graph. Images are put in TensorFlow's layout, channels last, when they are bound.</summary>
internal sealed unsafe class TensorFlowExecution(SessionRequest request, nint session, GraphPlace inputPlace, GraphPlace outputPlace)
    : IExecution
{
    private readonly long[] _inputShape = ChannelLayout.ChannelsLast(request.InputShape);
    private readonly float[] _raw = GC.AllocateUninitializedArray<float>(request.OutputLength, pinned: true);
    private readonly float[] _output = new float[request.OutputLength];
    private readonly nint _status = TensorFlowApi.NewStatus();

    /// <summary>Put in the card's layout only now: that is no part of an inference.</summary>
    public ReadOnlySpan<float> Output
    {
        get
        {
            ChannelLayout.ToChannelsFirst(_raw, _output, request.OutputShape);
            return _output;
        }
    }

    public IBoundInput Bind(float[] input)
    {
        request.ThrowIfNoInput(input);
        nint tensor;
        fixed (long* shape = _inputShape)
        {
            tensor = TensorFlowApi.AllocateTensor(TensorFlowApi.Float, shape, _inputShape.Length, (nuint)input.Length * sizeof(float));
        }

        if (tensor == 0)
        {
            throw new InferenceException($"TensorFlow has no memory for an image of {input.Length} values.");
        }

        ChannelLayout.ToChannelsLast(input, new Span<float>(TensorFlowApi.TensorData(tensor), input.Length), request.InputShape);
        return new BoundInput(tensor);
    }

    public void Run(IBoundInput input) => Run(((BoundInput)input).Tensor, null, null);

    /// <summary>One run under TensorFlow's own tracer.</summary>
    /// <returns>A serialised <see cref="RunMetadata"/>.</returns>
    public byte[] RunTraced(IBoundInput input)
    {
        var options = new RunOptions { TraceLevel = RunOptions.Types.TraceLevel.FullTrace }.ToByteArray();
        var metadata = TensorFlowApi.NewBuffer();
        try
        {
            fixed (byte* bytes = options)
            {
                var runOptions = new ByteBuffer { Data = (nint)bytes, Length = (nuint)options.Length };
                Run(((BoundInput)input).Tensor, &runOptions, metadata);
            }

            return new ReadOnlySpan<byte>((void*)metadata->Data, (int)metadata->Length).ToArray();
        }
        finally
        {
            TensorFlowApi.DeleteBuffer(metadata);
        }
    }

    public void Dispose() => TensorFlowApi.DeleteStatus(_status);

    private void Run(nint image, ByteBuffer* options, ByteBuffer* metadata)
    {
        var (from, to) = (inputPlace, outputPlace);
        nint output = 0;
        TensorFlowApi.SessionRun(session, options, &from, &image, 1, &to, &output, 1, null, 0, metadata, _status);
        TensorFlowApi.ThrowIfFailed(_status, "failed to run the network");
        // The output lies in TensorFlow's own memory, which goes with its tensor.
        var length = (int)(TensorFlowApi.TensorByteSize(output) / sizeof(float));
        if (length == _raw.Length)
        {
            new ReadOnlySpan<float>(TensorFlowApi.TensorData(output), length).CopyTo(_raw);
        }

        TensorFlowApi.DeleteTensor(output);
        if (length != _raw.Length)
        {
            throw new InferenceException(
                $"{request.ModelPath}: output '{request.OutputName}' has {length} values; the model card says {_raw.Length}.");
        }
    }

    private sealed class BoundInput(nint tensor) : IBoundInput
    {
        public nint Tensor { get; private set; } = tensor;

        public void Dispose()
        {
            if (Tensor != 0)
            {
                TensorFlowApi.DeleteTensor(Tensor);
                Tensor = 0;
            }
        }
    }
}
