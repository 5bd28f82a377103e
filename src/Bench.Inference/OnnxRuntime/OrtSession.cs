using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>A network in ONNX Runtime, with memory for its output reserved once.</summary>
internal sealed class OrtSession : IInferenceSession
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly SessionRequest _request;
    private readonly float[] _output;
    private readonly OrtValue _outputValue;
    private readonly OrtValue[] _outputValues;
    private readonly OrtValue[] _inputValues = new OrtValue[1];
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    private OrtSession(InferenceSession session, SessionRequest request, SessionFacts facts)
    {
        _session = session;
        _request = request;
        Facts = facts;
        _inputNames = [request.InputName];
        _outputNames = [request.OutputName];
        _output = GC.AllocateUninitializedArray<float>(request.OutputLength, pinned: true);
        _outputValue = OrtValue.CreateTensorValueFromMemory(_output, Shape(request.OutputShape));
        _outputValues = [_outputValue];
    }

    public ReadOnlySpan<float> Output => _output;

    public SessionFacts Facts { get; }

    /// <exception cref="InferenceException">The file is damaged, or the network is not the one that was asked for.</exception>
    public static OrtSession Load(SessionRequest request, SessionOptions options, SessionFacts facts)
    {
        InferenceSession session;
        try
        {
            session = new InferenceSession(request.ModelPath, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException(
                $"ONNX Runtime cannot load {request.ModelPath}: {e.Message}. "
                + "Check that the file is whole, a valid ONNX model, and of operators that this provider has.", e);
        }

        try
        {
            CheckValue("input", request.InputName, request.InputShape, session.InputMetadata, request.ModelPath);
            CheckValue("output", request.OutputName, request.OutputShape, session.OutputMetadata, request.ModelPath);
            return session.InputMetadata.Count == 1
                ? new OrtSession(session, request, facts)
                : throw new InferenceException(
                    $"{request.ModelPath}: found {session.InputMetadata.Count} inputs ({string.Join(", ", session.InputNames)}); "
                    + "expected one.");
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public IBoundInput Bind(float[] input)
    {
        var expected = _request.InputLength;
        return input.Length == expected
            ? new BoundInput(input, Shape(_request.InputShape))
            : throw new InferenceException($"Found an image of {input.Length} values; the network takes {expected}.");
    }

    public void Run(IBoundInput input)
    {
        _inputValues[0] = ((BoundInput)input).Value;
        try
        {
            _session.Run(_runOptions, _inputNames, _inputValues, _outputNames, _outputValues);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InferenceException($"ONNX Runtime failed to run {_request.ModelPath}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        _outputValue.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static long[] Shape(IReadOnlyList<int> shape) => [.. shape.Select(axis => (long)axis)];

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

    private sealed class BoundInput : IBoundInput
    {
        public BoundInput(float[] input, long[] shape) => Value = OrtValue.CreateTensorValueFromMemory(input, shape);

        public OrtValue Value { get; }

        public void Dispose() => Value.Dispose();
    }
}
