namespace Bench.Inference;

/// <summary>A network loaded into an engine.</summary>
public interface IInferenceSession : IDisposable
{
    /// <summary>What the session runs on, and how the engine was set. To be asked outside timed parts.</summary>
    SessionFacts Facts => SessionFacts.None;

    /// <summary>Whether executions of this session may run at the same time. Where not, load a session for each stream.</summary>
    bool AllowsConcurrentRuns => true;

    /// <summary>Reserves the memory of one stream.</summary>
    /// <returns>The execution; dispose it before the session.</returns>
    /// <exception cref="InferenceException">The engine has no memory for it, or takes one execution alone.</exception>
    IExecution NewExecution();
}
