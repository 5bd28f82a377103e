using Bench.Arrays;
using Bench.Inference.Threads;
using Bench.Models.Signatures;
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
        _facts with
        {
            Resolved = new Dictionary<string, string>(_threads.Facts(Request.Knobs.Threads(), SharingStreams).Concat(_facts.Resolved)),
        },
        Request);

    public bool AllowsConcurrentRuns => _provider.AllowsConcurrentRuns(Request);

    private int SharingStreams => AllowsConcurrentRuns ? Request.Knobs.Streams : 1;

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
                $"ONNX Runtime cannot load {request.ModelPath}: {OrtWords.Of(e)}. "
                + "Check that the file is whole, a valid ONNX model, and of operators that this provider has.", e);
        }

        try
        {
            var threads = probe.Stop();
            CheckValues("input", request.Inputs, native.InputMetadata, request.ModelPath);
            CheckValues("output", request.Outputs, native.OutputMetadata, request.ModelPath);
            return native.InputMetadata.Keys.Except(request.Inputs.Select(input => input.Name)).ToList() is { Count: > 0 } missing
                ? throw new InferenceException($"{request.ModelPath}: found {native.InputMetadata.Count} inputs "
                    + $"({string.Join(", ", native.InputNames)}); nothing was given for {string.Join(", ", missing)}.")
                : new OrtSession(native, request, provider, facts, threads);
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
    private static void CheckValues(
        string kind, IReadOnlyList<TensorSpec> expected, IReadOnlyDictionary<string, NodeMetadata> found, string path)
    {
        foreach (var (name, type, shape) in expected)
        {
            if (!found.TryGetValue(name, out var metadata))
            {
                throw new InferenceException($"{path}: found {kind} {string.Join(", ", found.Keys)}; expected '{name}'.");
            }

            if (!metadata.IsTensor || metadata.ElementDataType != OrtTypes.Of(type))
            {
                throw new InferenceException(
                    $"{path}: {kind} '{name}' is of type {(metadata.IsTensor ? metadata.ElementDataType : metadata.OnnxValueType)}; "
                    + $"expected {type.Name()}.");
            }

            var fits = metadata.Dimensions.Length == shape.Count
                && metadata.Dimensions.Zip(shape).All(axis => axis.First < 0 || axis.Second < 0 || axis.First == axis.Second);
            if (!fits)
            {
                throw new InferenceException($"{path}: {kind} '{name}' has shape {TensorSpec.Text(metadata.Dimensions)}; "
                    + $"expected {TensorSpec.Text(shape)}.");
            }
        }
    }
}
