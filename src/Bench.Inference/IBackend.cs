namespace Bench.Inference;

/// <summary>An engine with its execution provider and device: one value of the matrix's backend axis.</summary>
public interface IBackend
{
    /// <summary>The name in cell ids, for example <c>ort-cpu</c>.</summary>
    string Id { get; }

    /// <summary>One line on what it is.</summary>
    string Description { get; }

    /// <summary>Says whether the backend works on this machine, and which engine it would load.</summary>
    /// <returns>Available with the engine, or unavailable with the reason and the remedy. Loads no native library.</returns>
    BackendAvailability Check();

    /// <summary>Loads a network.</summary>
    /// <param name="request">Which network, and how.</param>
    /// <returns>The session.</returns>
    /// <exception cref="InferenceException">The engine could not load the network; the message has the engine's own words.</exception>
    IInferenceSession Load(SessionRequest request);

    /// <summary>Runs one image with the engine's own profiler on, and tells where and in what precision the nodes ran.</summary>
    /// <param name="request">Which network, and how.</param>
    /// <param name="input">A normalised image.</param>
    /// <returns>The nodes that ran, in groups.</returns>
    /// <exception cref="InferenceException">The engine failed, or its profile could not be read.</exception>
    ExecutionProfile Inspect(SessionRequest request, float[] input);
}

/// <summary>What to load.</summary>
/// <param name="ModelPath">The ONNX file.</param>
/// <param name="InputName">The name of the network's input.</param>
/// <param name="InputShape">Its shape, the batch of 1 included.</param>
/// <param name="OutputName">The name of the network's output.</param>
/// <param name="OutputShape">Its shape, the batch of 1 included.</param>
/// <param name="Threads">How many threads the engine may use for one inference; 1 or more.</param>
public sealed record SessionRequest(
    string ModelPath, string InputName, IReadOnlyList<int> InputShape, string OutputName, IReadOnlyList<int> OutputShape, int Threads);

/// <summary>Whether a backend works on this machine.</summary>
/// <param name="IsAvailable">Whether it does.</param>
/// <param name="Engine">Engine and version, for example <c>onnxruntime 1.30.0</c>; empty if unavailable.</param>
/// <param name="Source">Where the engine comes from, for example <c>npm onnxruntime-node@1.30.0</c>; empty if unavailable.</param>
/// <param name="Reason">Why it is unavailable, and the remedy; empty if available.</param>
public sealed record BackendAvailability(bool IsAvailable, string Engine, string Source, string Reason)
{
    /// <summary>It works.</summary>
    /// <param name="engine">Engine and version.</param>
    /// <param name="source">Where it comes from.</param>
    /// <returns>The answer.</returns>
    public static BackendAvailability Available(string engine, string source) => new(true, engine, source, string.Empty);

    /// <summary>It does not work.</summary>
    /// <param name="reason">Why, and the remedy.</param>
    /// <returns>The answer.</returns>
    public static BackendAvailability Unavailable(string reason) => new(false, string.Empty, string.Empty, reason);
}

/// <summary>Nodes of one operator that ran in the same place and precision.</summary>
/// <param name="Operator">The operator, for example <c>Conv</c>.</param>
/// <param name="Provider">The execution provider it ran on.</param>
/// <param name="ElementType">The type it computed in, for example <c>float16</c>.</param>
/// <param name="Count">How many nodes.</param>
public sealed record NodeGroup(string Operator, string Provider, string ElementType, int Count);

/// <summary>Where and in what precision a network really ran.</summary>
/// <param name="EffectivePrecision">The precision of the convolutions and matrix products: <c>fp32</c>, <c>fp16</c>, or both joined by <c>+</c>; empty if there are none.</param>
/// <param name="Nodes">All nodes that ran, in groups.</param>
/// <param name="NodesElsewhere">Those of them that ran on another execution provider than the backend's own.</param>
public sealed record ExecutionProfile(string EffectivePrecision, IReadOnlyList<NodeGroup> Nodes, IReadOnlyList<NodeGroup> NodesElsewhere);
