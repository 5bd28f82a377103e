using System.Globalization;
using Bench.Inference.OnnxRuntime.Memory;
using Bench.Inference.Settings;
using Bench.Models;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.OnnxRuntime;

/// <summary>What differs from one execution provider of ONNX Runtime to the next.</summary>
internal abstract class OrtProvider
{
    /// <summary>The backend's name in cell ids, without a version.</summary>
    public abstract string BackendId { get; }

    /// <summary>One line on the backend.</summary>
    public abstract string Description { get; }

    /// <summary>The name in <c>flavour.json</c>, for example <c>cuda</c>.</summary>
    public abstract string Key { get; }

    /// <summary>What the provider is called in messages.</summary>
    public virtual string Name => Key;

    /// <summary>Says where the engine comes from.</summary>
    /// <param name="runtime">Where ONNX Runtime does.</param>
    public virtual string Source(string runtime) => runtime;

    /// <summary>The version that launches must have in common.</summary>
    /// <param name="runtime">That of ONNX Runtime.</param>
    public virtual string? Version(string? runtime) => runtime;

    /// <summary>The name in ONNX Runtime's profile, for example <c>CUDAExecutionProvider</c>.</summary>
    public abstract string ProfileName { get; }

    /// <summary>What to do where no library holds the provider.</summary>
    public abstract string Remedy { get; }

    /// <summary>What the machine must have for the provider to work, for the message when it does not.</summary>
    public virtual string Needs => string.Empty;

    /// <summary>The library of its own that the provider lies in; null if it is part of ONNX Runtime's.</summary>
    public virtual string? LibraryName => null;

    /// <summary>See <see cref="IBackend.LibraryFolders"/>.</summary>
    public virtual IReadOnlyList<string> LibraryFolders => [];

    /// <summary>See <see cref="IBackend.Variables"/>.</summary>
    public virtual IReadOnlyDictionary<string, string?> Variables(Precision precision) => new Dictionary<string, string?>();

    /// <summary>See <see cref="IBackend.Precisions"/>.</summary>
    public virtual IReadOnlyList<Precision> Precisions => BackendPrecisions.Everywhere;

    /// <summary>See <see cref="IBackend.RealDeviceVariables"/>.</summary>
    public virtual IReadOnlyDictionary<string, string> RealDeviceVariables => new Dictionary<string, string>();

    /// <summary>See <see cref="IVersionedBackend.HasItsDevice"/>.</summary>
    public virtual bool? HasItsDevice => null;

    /// <summary>Why the provider cannot work on this operating system; null if it may.</summary>
    public virtual string? WhyNotHere => null;

    /// <summary>The devices of the provider's kind, in the order of its indices; asked once, when the engine is opened.</summary>
    public virtual IReadOnlyList<DeviceFacts> Devices => [DeviceFacts.Processor];

    /// <summary>The device that a session runs on.</summary>
    /// <param name="devices">What <see cref="Devices"/> gave.</param>
    /// <param name="choice">The knob <c>device</c>.</param>
    /// <exception cref="InferenceException">There is no such device.</exception>
    public virtual DeviceFacts Device(IReadOnlyList<DeviceFacts> devices, string choice) =>
        // Without any the engine says in its own words what is not here.
        devices.Count == 0 ? DeviceFacts.Processor
        : !int.TryParse(choice, CultureInfo.InvariantCulture, out var index) ? devices[0]
        : index < devices.Count ? devices[index]
        : throw new InferenceException($"Found device={choice}; expected an index below {devices.Count}: "
            + $"{string.Join(", ", devices.Select((device, place) => $"{place} is {device.Name}"))}.");

    /// <summary>Loads what the provider keeps in a library of its own, and its devices' libraries with it.</summary>
    /// <exception cref="Microsoft.ML.OnnxRuntime.OnnxRuntimeException">It cannot be loaded.</exception>
    public virtual void LoadLibrary()
    {
    }

    /// <summary>Sets the session's options up for this provider.</summary>
    /// <returns>The settings, to be recorded.</returns>
    public abstract OrtSetup Configure(SessionOptions options, SessionRequest request);

    /// <summary>The same in the settings that code is written from.</summary>
    /// <param name="settings">What all providers share.</param>
    /// <param name="request">Which network, and how.</param>
    /// <returns>The settings with what the provider is set to.</returns>
    public abstract SessionSettings Written(SessionSettings settings, SessionRequest request);

    /// <summary>What products of 32-bit floats are computed in where that is not 32-bit floats, which the engine's profile does not tell;
    /// null if it is.</summary>
    public virtual string? ReducedFloat(SessionRequest request) => null;

    /// <summary>What is known of a session only once it has run.</summary>
    public virtual SessionFacts Complete(SessionFacts facts, SessionRequest request) => facts;

    /// <summary>See <see cref="IInferenceSession.AllowsConcurrentRuns"/>.</summary>
    public virtual bool AllowsConcurrentRuns(SessionRequest request) => true;

    /// <summary>Whether a session can have one execution and no second one, not even after it.</summary>
    public virtual bool HasOneExecution(SessionRequest request) => false;

    /// <summary>See <see cref="IInferenceSession.NewExecution"/>.</summary>
    public virtual IExecution NewExecution(OrtSession session) => NewExecution(session, HostMemory.Pageable);

    /// <summary>An execution that takes inputs from host memory and leaves outputs there.</summary>
    /// <param name="session">The session.</param>
    /// <param name="memory">The host's memory.</param>
    protected internal static IExecution NewExecution(OrtSession session, HostMemory memory) => session.Request.HasFixedOutputs
        ? new OrtExecution(session, memory)
        : new OpenOutputsExecution(session, memory);

    /// <summary>See <see cref="IBackend.Prepare"/>.</summary>
    /// <param name="request">Which network, and how.</param>
    /// <param name="load">Loads the network and lets it go again.</param>
    /// <param name="options">Makes the options of a session, which who asks disposes of.</param>
    public virtual TimeSpan? Prepare(SessionRequest request, Action load, Func<SessionOptions> options) => null;

    /// <summary>The file that is loaded: the network's own, or what was made of it.</summary>
    /// <param name="request">Which network, and how.</param>
    public virtual string ModelPath(SessionRequest request) => request.ModelPath;
}
