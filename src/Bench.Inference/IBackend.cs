using Bench.Inference.Settings;
using Bench.Models;

namespace Bench.Inference;

/// <summary>An engine with its execution provider and device: one value of the matrix's backend axis.</summary>
public interface IBackend
{
    /// <summary>The name in cell ids, for example <c>ort-cpu</c> or <c>ort-cpu@1.30.0</c>.</summary>
    string Id { get; }

    /// <summary>One line on what it is.</summary>
    string Description { get; }

    /// <summary>The kind of file that it loads.</summary>
    ModelFormat Format => ModelFormat.Onnx;

    /// <summary>The kind of file that it loads instead where a model comes in it; null if there is none.</summary>
    ModelFormat? OwnFormat => null;

    /// <summary>Folders that a process needs on its library search path, before it starts, to load the engine.</summary>
    IReadOnlyList<string> LibraryFolders => [];

    /// <summary>The precisions that it can be asked for, in the order of the matrix.</summary>
    IReadOnlyList<Precision> Precisions => BackendPrecisions.Everywhere;

    /// <summary>Whether a run measures it only where it is named: what it measures unnamed others measure, too.</summary>
    bool IsOnlyWhereNamed => false;

    /// <summary>Environment variables that a process needs, before it starts, for the engine to behave as it should.</summary>
    /// <param name="precision">What the process will compute in.</param>
    /// <returns>Names and values; null for a variable that must not be set.</returns>
    IReadOnlyDictionary<string, string?> Variables(Precision precision) => new Dictionary<string, string?>();

    /// <summary>Variables for launches on a real device: they hide imitations from the engine, so that it fails rather
    /// than takes one.</summary>
    IReadOnlyDictionary<string, string> RealDeviceVariables => new Dictionary<string, string>();

    /// <summary>Says whether the backend can work on this machine, as far as can be told without loading anything, and which engine
    /// it would load.</summary>
    /// <returns>Available with the engine, or unavailable with the reason and the remedy. Loads no native library.</returns>
    BackendAvailability Check();

    /// <summary>Finds and loads the engine's library and all that it needs, unless this process has done so: what needs doing once,
    /// whatever network follows. What it takes is a part of a cold start of its own; <see cref="Load"/> then has the network's alone.
    /// </summary>
    /// <exception cref="InferenceException">The engine is not here, or its library cannot be loaded.</exception>
    void Open();

    /// <summary>Does what the engine needs to do once for a network on this machine and then keeps, such as building
    /// an engine file.</summary>
    /// <param name="request">Which network, and how.</param>
    /// <returns>How long it took, now or when it was done; null if there is nothing to do.</returns>
    /// <exception cref="InferenceException">The engine failed.</exception>
    TimeSpan? Prepare(SessionRequest request) => null;

    /// <summary>Loads a network, and opens the engine first if that was not done.</summary>
    /// <param name="request">Which network, and how.</param>
    /// <returns>The session.</returns>
    /// <exception cref="InferenceException">The engine could not load the network; the message has the engine's own words.</exception>
    IInferenceSession Load(SessionRequest request);

    /// <summary>How a session is set up, as a program of one's own would do it.</summary>
    /// <param name="request">Which network, and how.</param>
    /// <returns>The settings; null where Bench has no code for the engine.</returns>
    /// <exception cref="InferenceException">The engine is not here.</exception>
    SessionSettings? Settings(SessionRequest request) => null;

    /// <summary>Runs once with the engine's own profiler on, and tells where and in what precision the nodes ran.</summary>
    /// <param name="request">Which network, and how.</param>
    /// <param name="inputs">What goes in, as <see cref="IExecution.Bind"/> takes it.</param>
    /// <returns>The nodes that ran, in groups, and the device that they ran on.</returns>
    /// <exception cref="InferenceException">The engine failed, or its profile could not be read.</exception>
    ExecutionProfile Inspect(SessionRequest request, IReadOnlyList<byte[]> inputs);
}

/// <summary>A backend of which several versions can be measured side by side.</summary>
public interface IVersionedBackend : IBackend
{
    /// <summary>The engine, for example <c>onnxruntime</c>.</summary>
    string Engine { get; }

    /// <summary>The execution provider, for example <c>cpu</c>.</summary>
    string Provider { get; }

    /// <summary>The version that rows have of which no version was asked for.</summary>
    string DefaultVersion { get; }

    /// <summary>Whether the device that the backend is for is in this machine, so that a library that is not here is worth fetching;
    /// null if that cannot be told without it.</summary>
    bool? HasItsDevice { get; }

    /// <summary>The same backend at another version.</summary>
    /// <param name="version">For example <c>1.30.0</c>, or <c>local</c> for the library that the user named.</param>
    /// <returns>A backend called <c>name@version</c>.</returns>
    IBackend At(string version);
}
