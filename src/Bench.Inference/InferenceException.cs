namespace Bench.Inference;

/// <summary>An engine failed. The message has the engine's own words.</summary>
public sealed class InferenceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was tried, what the engine said, and what to do.</param>
    /// <param name="innerException">The engine's exception, if there was one.</param>
    public InferenceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
