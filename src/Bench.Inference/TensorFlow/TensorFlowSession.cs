using System.Globalization;
using System.Runtime.InteropServices;
using Bench.Arrays;
using Bench.Inference.Knobs;
using Bench.Inference.Threads;
using Bench.Models.Signatures;
using Google.Protobuf;

namespace Bench.Inference.TensorFlow;

/// <summary>A frozen graph in TensorFlow.</summary>
internal sealed unsafe class TensorFlowSession : IInferenceSession
{
    private readonly SessionRequest _request;
    private readonly SessionFacts _facts;
    private readonly nint _status = TensorFlowApi.NewStatus();
    private readonly nint _graph = TensorFlowApi.NewGraph();
    private nint _session;
    private GraphTensor[] _inputs = [];
    private GraphTensor[] _outputs = [];
    private StartedThreads _threads = null!;

    private TensorFlowSession(SessionRequest request, SessionFacts facts)
    {
        _request = request;
        _facts = facts;
    }

    public SessionFacts Facts => _facts with { Resolved = Resolved() };

    /// <exception cref="InferenceException">The file is damaged, or the network is not the one that was asked for.</exception>
    public static TensorFlowSession Load(SessionRequest request, string? oneDnn)
    {
        // Requests of several streams wait for each other in one thread for operations.
        var settings = new Dictionary<string, string> { ["inter_op_parallelism_threads"] = request.Knobs[KnobCatalogue.Streams] };
        if (Threads(request) is { } threads)
        {
            settings["intra_op_parallelism_threads"] = threads.ToString(CultureInfo.InvariantCulture);
        }

        if (oneDnn is not null)
        {
            settings["TF_ENABLE_ONEDNN_OPTS"] = oneDnn;
        }

        var session = new TensorFlowSession(
            request, new SessionFacts { Version = Marshal.PtrToStringUTF8(TensorFlowApi.Version()), Settings = settings });
        try
        {
            session.Import();
            session._inputs = [.. request.Inputs.Select(input => session.Find("input", input))];
            session._outputs = [.. request.Outputs.Select(output => session.Find("output", output))];
            var probe = ThreadProbe.Start();
            session.Start();
            session._threads = probe.Stop();
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public IExecution NewExecution() => NewTensorFlowExecution();

    internal TensorFlowExecution NewTensorFlowExecution() => new(_request, _session, _inputs, _outputs);

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

    /// <summary>Of the number that it chose itself TensorFlow does not tell: then it is that of the threads that the session started, its
    /// own calling thread and the one for operations side by side included.</summary>
    private Dictionary<string, string> Resolved()
    {
        var resolved = new Dictionary<string, string>(_threads.Facts(_request.Knobs.Threads())) { [KnobCatalogue.Device] = "processor" };
        if (Threads(_request) is { } all)
        {
            resolved[KnobCatalogue.Threads] = (all / _request.Knobs.Streams).ToString(CultureInfo.InvariantCulture);
        }

        foreach (var knob in _request.Knobs.Where(knob => knob.Key is KnobCatalogue.Batch or KnobCatalogue.Streams))
        {
            resolved[knob.Key] = knob.Value;
        }

        return resolved;
    }

    /// <summary>The threads of the pool that all streams share. TensorFlow's own choice is one for each processor.</summary>
    private static int? Threads(SessionRequest request) =>
        StreamThreads.Of(request.Knobs, () => Environment.ProcessorCount) * request.Knobs.Streams;

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

    private GraphTensor Find(string kind, TensorSpec spec)
    {
        if (!spec.IsFixed)
        {
            throw new InferenceException($"{_request.ModelPath}: the length of {kind} '{spec.Name}' depends on the numbers that go in; "
                + "expected outputs of known length.");
        }

        var place = Place(spec.Name);
        if (place.Operation == 0)
        {
            throw new InferenceException(
                $"{_request.ModelPath}: found no node called '{spec.Name}'; the ONNX file calls the {kind} so. "
                + "Give the graph's nodes the names of the ONNX file's inputs and outputs.");
        }

        if (TensorFlowApi.OutputType(place) is var type && type != TensorFlowTypes.Of(spec.Type))
        {
            throw new InferenceException($"{_request.ModelPath}: {kind} '{spec.Name}' is of TensorFlow's type {type}; "
                + $"expected {spec.Type.Name()} ({TensorFlowTypes.Of(spec.Type)}).");
        }

        var shape = ShapeOf(place, spec.Name);
        return GraphTensor.Of(spec, place, shape) ?? throw new InferenceException(
            $"{_request.ModelPath}: {kind} '{spec.Name}' has shape [{string.Join(", ", shape!)}]; expected {TensorSpec.Text(spec.Shape)}, "
            + $"or [{string.Join(", ", ChannelLayout.ChannelsLast(spec.Shape))}] with its channels last.");
    }

    /// <summary>A name is a node's, or a node's with the number of its output: <c>detect:2</c>.</summary>
    private GraphPlace Place(string name)
    {
        var colon = name.LastIndexOf(':');
        var place = new GraphPlace { Operation = TensorFlowApi.OperationByName(_graph, name) };
        return place.Operation == 0 && colon > 0
            && int.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? new GraphPlace { Operation = TensorFlowApi.OperationByName(_graph, name[..colon]), Index = index }
                : place;
    }

    /// <summary>Axes of any length are -1; null where nothing is known.</summary>
    private long[]? ShapeOf(GraphPlace place, string name)
    {
        var count = TensorFlowApi.GetTensorNumDims(_graph, place, _status);
        if (count < 0)
        {
            return null;
        }

        var found = new long[count];
        fixed (long* dims = found)
        {
            TensorFlowApi.GetTensorShape(_graph, place, dims, count, _status);
        }

        TensorFlowApi.ThrowIfFailed(_status, $"cannot tell the shape of '{name}'");
        return found;
    }

    private void Start()
    {
        // No graphics processor, whatever the library was built for.
        var config = new ConfigProto { InterOpParallelismThreads = _request.Knobs.Streams, DeviceCount = { ["GPU"] = 0 } };
        if (Threads(_request) is { } threads)
        {
            config.IntraOpParallelismThreads = threads;
        }

        var options = TensorFlowApi.NewSessionOptions();
        try
        {
            fixed (byte* bytes = config.ToByteArray())
            {
                TensorFlowApi.SetConfig(options, bytes, (nuint)config.CalculateSize(), _status);
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
}
