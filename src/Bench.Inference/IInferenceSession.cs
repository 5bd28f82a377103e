namespace Bench.Inference;

/// <summary>A network loaded into an engine, ready to process one image after the other. Not thread-safe.</summary>
public interface IInferenceSession : IDisposable
{
    /// <summary>What the engine gave for the image of the last <see cref="Run"/>; overwritten by the next.</summary>
    ReadOnlySpan<float> Output { get; }

    /// <summary>Makes an image ready to be run: everything that need not be done again for every inference.</summary>
    /// <param name="input">The normalised image in host memory. It is kept, pinned, not copied.</param>
    /// <returns>A handle for <see cref="Run"/>; dispose it before the session.</returns>
    /// <exception cref="InferenceException">The image does not fit the network.</exception>
    IBoundInput Bind(float[] input);

    /// <summary>
    /// The timed operation: one image from host memory to outputs in host memory, the copies to and from a device included.
    /// </summary>
    /// <param name="input">An image that this session bound.</param>
    /// <exception cref="InferenceException">The engine failed.</exception>
    void Run(IBoundInput input);
}

/// <summary>An image that a session made ready.</summary>
public interface IBoundInput : IDisposable;
