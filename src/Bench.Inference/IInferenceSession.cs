namespace Bench.Inference;

/// <summary>A network loaded into an engine, ready to process one image after the other. Not thread-safe.</summary>
public interface IInferenceSession : IDisposable
{
    /// <summary>What the engine gave for the image of the last <see cref="Run"/>, in the card's layout; overwritten by the next.</summary>
    ReadOnlySpan<float> Output { get; }

    /// <summary>What the session runs on, and how the engine was set.</summary>
    SessionFacts Facts => SessionFacts.None;

    /// <summary>Makes an image ready to be run: everything that need not be done again for every inference.</summary>
    /// <param name="input">The normalised image in pinned host memory, channels first. It is kept, not copied, unless the engine
    /// wants another layout.</param>
    /// <returns>A handle for <see cref="Run"/>; dispose it before the session.</returns>
    /// <exception cref="InferenceException">The image does not fit the network.</exception>
    IBoundInput Bind(float[] input);

    /// <summary>
    /// The timed operation: one image from host memory to outputs in host memory, the copies to and from a device included; it
    /// returns when the outputs are there.
    /// </summary>
    /// <param name="input">An image that this session bound.</param>
    /// <exception cref="InferenceException">The engine failed.</exception>
    void Run(IBoundInput input);
}

/// <summary>An image that a session made ready.</summary>
public interface IBoundInput : IDisposable;

/// <summary>What a session runs on, and how the engine was set.</summary>
/// <param name="Version">The engine's version, as the loaded library itself says; null to leave what was found on disk.</param>
/// <param name="Device">The device's name and driver; null for the machine's processor.</param>
/// <param name="IsSoftwareDevice">Whether that device is a program on the processor that stands in for a graphics processor.</param>
/// <param name="Settings">The engine's settings that are not its defaults, or that matter.</param>
public sealed record SessionFacts(string? Version, string? Device, bool IsSoftwareDevice, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Nothing to tell.</summary>
    public static readonly SessionFacts None = new(null, null, false, new Dictionary<string, string>());
}
