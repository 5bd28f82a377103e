namespace Bench.Inference;

/// <summary>One stream of a session, with memory of its own: it processes one request after the other. Not thread-safe.</summary>
public interface IExecution : IDisposable
{
    /// <summary>Makes inputs ready to be run: everything that need not be done again for every inference.</summary>
    /// <param name="inputs">The numbers of each of <see cref="SessionRequest.Inputs"/>, little-endian, in pinned host memory, laid out as
    /// the specification has them. They are kept, not copied, unless the engine wants another layout or memory.</param>
    /// <returns>A handle for <see cref="Run"/> of this execution; dispose it before the execution.</returns>
    /// <exception cref="InferenceException">They do not fit the network.</exception>
    IBoundInput Bind(IReadOnlyList<byte[]> inputs);

    /// <summary>
    /// The timed operation: one request from host memory to outputs in host memory, the copies to and from a device included; it
    /// returns when the outputs are there.
    /// </summary>
    /// <param name="input">Inputs that this execution bound.</param>
    /// <exception cref="InferenceException">The engine failed.</exception>
    void Run(IBoundInput input);

    /// <summary>What the last <see cref="Run"/> gave, laid out as the specification has it; overwritten by the next.</summary>
    /// <param name="index">Which of <see cref="SessionRequest.Outputs"/>.</param>
    /// <returns>The numbers, little-endian.</returns>
    ReadOnlySpan<byte> Output(int index);
}

/// <summary>Inputs that an execution made ready.</summary>
public interface IBoundInput : IDisposable;
