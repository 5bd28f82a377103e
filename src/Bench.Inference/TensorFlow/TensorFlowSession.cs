using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Bench.Inference.TensorFlow;

/// <summary>A frozen graph in TensorFlow. Images are put in its layout, channels last, when they are bound.</summary>
internal sealed unsafe class TensorFlowSession : IInferenceSession
{
    private readonly SessionRequest _request;
    private readonly long[] _inputShape;
    private readonly float[] _raw;
    private readonly float[] _output;
    private readonly nint _status = TensorFlowApi.NewStatus();
    private readonly nint _graph = TensorFlowApi.NewGraph();
    private nint _session;
    private GraphPlace _inputPlace;
    private GraphPlace _outputPlace;

    private TensorFlowSession(SessionRequest request, SessionFacts facts)
    {
        _request = request;
        Facts = facts;
        _inputShape = ChannelLayout.ChannelsLast(request.InputShape);
        _raw = GC.AllocateUninitializedArray<float>(request.OutputLength, pinned: true);
        _output = new float[request.OutputLength];
    }

    public SessionFacts Facts { get; }

    /// <summary>Put in the card's layout only now: that is no part of an inference.</summary>
    public ReadOnlySpan<float> Output
    {
        get
        {
            ChannelLayout.ToChannelsFirst(_raw, _output, _request.OutputShape);
            return _output;
        }
    }

    /// <exception cref="InferenceException">The file is damaged, or the network is not the one that was asked for.</exception>
    public static TensorFlowSession Load(SessionRequest request, string? oneDnn)
    {
        var settings = new Dictionary<string, string>
        {
            ["intra_op_parallelism_threads"] = $"{request.Threads}",
            ["inter_op_parallelism_threads"] = "1",
        };
        if (oneDnn is not null)
        {
            settings["TF_ENABLE_ONEDNN_OPTS"] = oneDnn;
        }

        var session = new TensorFlowSession(
            request, new SessionFacts(Marshal.PtrToStringUTF8(TensorFlowApi.Version()), null, false, settings));
        try
        {
            session.Import();
            session._inputPlace = session.Place("input", request.InputName, session._inputShape);
            session._outputPlace = session.Place("output", request.OutputName, ChannelLayout.ChannelsLast(request.OutputShape));
            session.Start();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public IBoundInput Bind(float[] input)
    {
        if (input.Length != _request.InputLength)
        {
            throw new InferenceException($"Found an image of {input.Length} values; the network takes {_request.InputLength}.");
        }

        nint tensor;
        fixed (long* shape = _inputShape)
        {
            tensor = TensorFlowApi.AllocateTensor(TensorFlowApi.Float, shape, _inputShape.Length, (nuint)input.Length * sizeof(float));
        }

        if (tensor == 0)
        {
            throw new InferenceException($"TensorFlow has no memory for an image of {input.Length} values.");
        }

        ChannelLayout.ToChannelsLast(input, new Span<float>(TensorFlowApi.TensorData(tensor), input.Length), _request.InputShape);
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

    public void Dispose()
    {
        if (_session != 0)
        {
            TensorFlowApi.CloseSession(_session, _status);
            TensorFlowApi.DeleteSession(_session, _status);
            _session = 0;
        }

        TensorFlowApi.DeleteGraph(_graph);
        TensorFlowApi.DeleteStatus(_status);
    }

    private void Run(nint image, ByteBuffer* options, ByteBuffer* metadata)
    {
        var inputPlace = _inputPlace;
        var outputPlace = _outputPlace;
        nint output = 0;
        TensorFlowApi.SessionRun(_session, options, &inputPlace, &image, 1, &outputPlace, &output, 1, null, 0, metadata, _status);
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
                $"{_request.ModelPath}: output '{_request.OutputName}' has {length} values; the model card says {_raw.Length}.");
        }
    }

    private void Import()
    {
        var file = File.ReadAllBytes(_request.ModelPath);
        var options = TensorFlowApi.NewImportGraphDefOptions();
        fixed (byte* bytes = file)
        {
            var buffer = new ByteBuffer { Data = (nint)bytes, Length = (nuint)file.Length };
            TensorFlowApi.ImportGraphDef(_graph, &buffer, options, _status);
        }

        TensorFlowApi.DeleteImportGraphDefOptions(options);
        TensorFlowApi.ThrowIfFailed(_status, $"cannot load {_request.ModelPath}. Check that the file is whole and a frozen graph");
    }

    private GraphPlace Place(string kind, string name, long[] shape)
    {
        var place = new GraphPlace { Operation = TensorFlowApi.OperationByName(_graph, name) };
        if (place.Operation == 0)
        {
            throw new InferenceException($"{_request.ModelPath}: found no node called '{name}'; the model card names it as the {kind}.");
        }

        if (TensorFlowApi.OutputType(place) != TensorFlowApi.Float)
        {
            throw new InferenceException(
                $"{_request.ModelPath}: {kind} '{name}' is of type {TensorFlowApi.OutputType(place)}; expected 32-bit floats (1).");
        }

        // Axes of any length are -1, and so is the count where nothing is known.
        var count = TensorFlowApi.GetTensorNumDims(_graph, place, _status);
        if (count < 0)
        {
            return place;
        }

        var found = new long[count];
        fixed (long* dims = found)
        {
            TensorFlowApi.GetTensorShape(_graph, place, dims, count, _status);
        }

        TensorFlowApi.ThrowIfFailed(_status, $"cannot tell the shape of '{name}'");
        return found.Length == shape.Length && found.Zip(shape).All(axis => axis.First < 0 || axis.First == axis.Second)
            ? place
            : throw new InferenceException(
                $"{_request.ModelPath}: {kind} '{name}' has shape [{string.Join(", ", found)}]; "
                + $"the model card says [{string.Join(", ", shape)}], channels last.");
    }

    private void Start()
    {
        // No graphics processor, whatever the library was built for.
        var config =
            new ConfigProto { IntraOpParallelismThreads = _request.Threads, InterOpParallelismThreads = 1, DeviceCount = { ["GPU"] = 0 } }
                .ToByteArray();
        var options = TensorFlowApi.NewSessionOptions();
        try
        {
            fixed (byte* bytes = config)
            {
                TensorFlowApi.SetConfig(options, bytes, (nuint)config.Length, _status);
            }

            TensorFlowApi.ThrowIfFailed(_status, "refuses its settings");
            _session = TensorFlowApi.NewSession(_graph, options, _status);
            TensorFlowApi.ThrowIfFailed(_status, "cannot start a session");
        }
        finally
        {
            TensorFlowApi.DeleteSessionOptions(options);
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
