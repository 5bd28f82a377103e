using Google.Protobuf;

namespace Bench.Inference.TensorFlow;

/// <summary>One stream of a graph. Inputs are put in the graph's layout when they are bound.</summary>
internal sealed unsafe class TensorFlowExecution : IExecution
{
    private readonly SessionRequest _request;
    private readonly nint _session;
    private readonly GraphTensor[] _inputs;
    private readonly GraphTensor[] _outputs;
    private readonly GraphPlace[] _from;
    private readonly GraphPlace[] _to;
    private readonly nint[] _results;
    private readonly byte[][] _raw;
    private readonly byte[] _turned;
    private readonly nint _status = TensorFlowApi.NewStatus();

    /// <param name="request">The network.</param>
    /// <param name="session">TensorFlow's session.</param>
    /// <param name="inputs">What goes in.</param>
    /// <param name="outputs">What comes out.</param>
    public TensorFlowExecution(SessionRequest request, nint session, GraphTensor[] inputs, GraphTensor[] outputs)
    {
        (_request, _session, _inputs, _outputs) = (request, session, inputs, outputs);
        _from = Array.ConvertAll(inputs, input => input.Place);
        _to = Array.ConvertAll(outputs, output => output.Place);
        _results = new nint[outputs.Length];
        _raw = Array.ConvertAll(outputs, output => GC.AllocateUninitializedArray<byte>(output.Spec.Bytes, pinned: true));
        _turned = new byte[outputs.Max(output => output.Spec.Bytes)];
    }

    /// <summary>Put in the specification's layout only now: that is no part of an inference.</summary>
    public ReadOnlySpan<byte> Output(int index)
    {
        if (!_outputs[index].IsTurned)
        {
            return _raw[index];
        }

        var output = _turned.AsSpan(0, _raw[index].Length);
        _outputs[index].FromGraph(_raw[index], output);
        return output;
    }

    public IBoundInput Bind(IReadOnlyList<byte[]> inputs)
    {
        _request.ThrowIfUnfit(inputs);
        var tensors = new nint[_inputs.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            var shape = _inputs[i].Shape;
            fixed (long* axes = shape)
            {
                tensors[i] = TensorFlowApi.AllocateTensor(
                    TensorFlowTypes.Of(_inputs[i].Spec.Type), axes, shape.Length, (nuint)inputs[i].Length);
            }

            if (tensors[i] == 0)
            {
                throw new InferenceException($"TensorFlow has no memory for '{_inputs[i].Spec.Name}' of {inputs[i].Length} bytes.");
            }

            _inputs[i].ToGraph(inputs[i], new Span<byte>(TensorFlowApi.TensorData(tensors[i]), inputs[i].Length));
        }

        return new BoundInputs(tensors);
    }

    public void Run(IBoundInput input) => Run(((BoundInputs)input).Tensors, null, null);

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
                Run(((BoundInputs)input).Tensors, &runOptions, metadata);
            }

            return new ReadOnlySpan<byte>((void*)metadata->Data, (int)metadata->Length).ToArray();
        }
        finally
        {
            TensorFlowApi.DeleteBuffer(metadata);
        }
    }

    public void Dispose() => TensorFlowApi.DeleteStatus(_status);

    private void Run(nint[] tensors, ByteBuffer* options, ByteBuffer* metadata)
    {
        fixed (GraphPlace* from = _from, to = _to)
        fixed (nint* inputs = tensors, results = _results)
        {
            TensorFlowApi.SessionRun(
                _session, options, from, inputs, tensors.Length, to, results, _results.Length, null, 0, metadata, _status);
        }

        TensorFlowApi.ThrowIfFailed(_status, "failed to run the network");
        for (var i = 0; i < _results.Length; i++)
        {
            Take(i);
        }
    }

    /// <summary>An output lies in TensorFlow's own memory, which goes with its tensor.</summary>
    private void Take(int index)
    {
        var length = (int)TensorFlowApi.TensorByteSize(_results[index]);
        if (length == _raw[index].Length)
        {
            new ReadOnlySpan<byte>(TensorFlowApi.TensorData(_results[index]), length).CopyTo(_raw[index]);
        }

        TensorFlowApi.DeleteTensor(_results[index]);
        if (length != _raw[index].Length)
        {
            throw new InferenceException($"{_request.ModelPath}: output '{_outputs[index].Spec.Name}' has {length} bytes; "
                + $"expected {_raw[index].Length}, for {_outputs[index].Spec.Kind}.");
        }
    }

    private sealed class BoundInputs(nint[] tensors) : IBoundInput
    {
        public nint[] Tensors { get; private set; } = tensors;

        public void Dispose()
        {
            foreach (var tensor in Tensors)
            {
                TensorFlowApi.DeleteTensor(tensor);
            }

            Tensors = [];
        }
    }
}
