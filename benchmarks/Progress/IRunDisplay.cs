namespace Bench.Benchmarks.Progress;

/// <summary>Shows how far a run is.</summary>
internal interface IRunDisplay
{
    /// <summary>Whether a launch that goes on would be shown now. What nobody sees need not be computed while
    /// something is measured.</summary>
    bool IsDue { get; }

    /// <summary>A launch has started, or goes on.</summary>
    void Show(RunState state);

    /// <summary>A launch has ended.</summary>
    void Ended(EndedLaunch launch, RunState state);

    /// <summary>The user wants to stop; what runs is ended in order. Comes on any thread.</summary>
    void Stopping();

    /// <summary>There is nothing more to show.</summary>
    void Close();
}

/// <summary>Shows nothing: BenchmarkDotNet's own words are on the console.</summary>
internal sealed class NoDisplay : IRunDisplay
{
    public bool IsDue => false;

    public void Show(RunState state)
    {
    }

    public void Ended(EndedLaunch launch, RunState state)
    {
    }

    public void Stopping()
    {
    }

    public void Close()
    {
    }
}
