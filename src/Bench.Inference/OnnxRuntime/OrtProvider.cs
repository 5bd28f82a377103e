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

    /// <summary>Sets the session's options up for this provider.</summary>
    /// <returns>The settings, to be recorded.</returns>
    public abstract IReadOnlyDictionary<string, string> Configure(SessionOptions options, SessionRequest request);

    /// <summary>The device that sessions run on.</summary>
    public virtual DeviceFacts Device => DeviceFacts.Processor;

    /// <summary>See <see cref="IBackend.Prepare"/>.</summary>
    /// <param name="request">Which network, and how.</param>
    /// <param name="load">Loads the network and lets it go again.</param>
    public virtual TimeSpan? Prepare(SessionRequest request, Action load) => null;
}

/// <summary>The device that a session runs on.</summary>
/// <param name="Name">Its name and driver; null for the machine's processor.</param>
/// <param name="IsSoftware">Whether it is a program that stands in for a graphics processor.</param>
internal sealed record DeviceFacts(string? Name, bool IsSoftware)
{
    public static readonly DeviceFacts Processor = new(null, false);
}
