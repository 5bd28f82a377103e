namespace Bench.Inference;

/// <summary>One stream of a session, with memory of its own: it processes one request after the other. Not thread-safe.</summary>
public interface IExecution : IDisposable
{
    /// <summary>What the engine gave for the image of the last <see cref="Run"/>, in the card's layout; overwritten by the next.</summary>
    ReadOnlySpan<float> Output { get; }

    /// <summary>Makes an image ready to be run: everything that need not be done again for every inference.</summary>
    /// <param name="input">The normalised image in pinned host memory, channels first. It is kept, not copied, unless the engine
    /// wants another layout or memory.</param>
    /// <returns>A handle for <see cref="Run"/> of this execution; dispose it before the execution.</returns>
    /// <exception cref="InferenceException">The image does not fit the network.</exception>
    IBoundInput Bind(float[] input);

    /// <summary>
    /// The timed operation: one request from host memory to outputs in host memory, the copies to and from a device included; it
    /// returns when the outputs are there.
    /// </summary>
    /// <param name="input">An image that this execution bound.</param>
    /// <exception cref="InferenceException">The engine failed.</exception>
    void Run(IBoundInput input);
}

/// <summary>An image that an execution made ready.</summary>
public interface IBoundInput : IDisposable;
