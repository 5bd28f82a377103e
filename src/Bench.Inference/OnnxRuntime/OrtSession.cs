using Bench.Inference.Threads;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>A network in ONNX Runtime.</summary>
internal sealed class OrtSession : IInferenceSession
{
    private readonly OrtProvider _provider;
    private readonly SessionFacts _facts;
    private readonly StartedThreads _threads;
    private int _hasExecution;

    private OrtSession(InferenceSession native, SessionRequest request, OrtProvider provider, SessionFacts facts, StartedThreads threads)
    {
        Native = native;
        Request = request;
        _provider = provider;
        _facts = facts;
        _threads = threads;
    }

    public SessionFacts Facts => _provider.Complete(
        _facts with { Resolved = new Dictionary<string, string>(_threads.Facts(Request.Knobs.Threads()).Concat(_facts.Resolved)) },
        Request);

    public bool AllowsConcurrentRuns => _provider.AllowsConcurrentRuns(Request);

    /// <summary>The engine's own session.</summary>
    internal InferenceSession Native { get; }

    /// <summary>What was loaded.</summary>
    internal SessionRequest Request { get; }

    /// <exception cref="InferenceException">The file is damaged, or the network is not the one that was asked for.</exception>
    public static OrtSession Load(SessionRequest request, SessionOptions options, OrtProvider provider, SessionFacts facts)
    {
        InferenceSession native;
        var probe = ThreadProbe.Start();
        try
        {
            native = new InferenceSession(request.ModelPath, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException(
                $"ONNX Runtime cannot load {request.ModelPath}: {e.Message}. "
                + "Check that the file is whole, a valid ONNX model, and of operators that this provider has.", e);
        }

        try
        {
            var threads = probe.Stop();
            CheckValue("input", request.InputName, request.InputShape, native.InputMetadata, request.ModelPath);
            CheckValue("output", request.OutputName, request.OutputShape, native.OutputMetadata, request.ModelPath);
            return native.InputMetadata.Count == 1
                ? new OrtSession(native, request, provider, facts, threads)
                : throw new InferenceException(
                    $"{request.ModelPath}: found {native.InputMetadata.Count} inputs ({string.Join(", ", native.InputNames)}); "
                    + "expected one.");
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }

    public IExecution NewExecution()
    {
        if (_provider.HasOneExecution(Request) && Interlocked.Exchange(ref _hasExecution, 1) == 1)
        {
            throw new InferenceException("A CUDA graph is recorded with the addresses of one execution's memory; "
                + "found a second execution of the session. Load a session for each stream.");
        }

        return _provider.NewExecution(this);
    }

    public void Dispose() => Native.Dispose();

    /// <summary>A length of -1 in the file means that any length will do.</summary>
    private static void CheckValue(
        string kind, string name, IReadOnlyList<int> shape, IReadOnlyDictionary<string, NodeMetadata> found, string path)
    {
        if (!found.TryGetValue(name, out var metadata))
        {
            throw new InferenceException($"{path}: found {kind} {string.Join(", ", found.Keys)}; the model card names '{name}'.");
        }

        if (metadata.ElementType != typeof(float))
        {
            throw new InferenceException($"{path}: {kind} '{name}' is of type {metadata.ElementType.Name}; expected 32-bit floats.");
        }

        var fits = metadata.Dimensions.Length == shape.Count
            && metadata.Dimensions.Zip(shape).All(axis => axis.First < 0 || axis.First == axis.Second);
        if (!fits)
        {
            throw new InferenceException(
                $"{path}: {kind} '{name}' has shape [{string.Join(", ", metadata.Dimensions)}]; "
                + $"the model card says [{string.Join(", ", shape)}].");
        }
    }
}
