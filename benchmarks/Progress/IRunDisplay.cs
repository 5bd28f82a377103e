namespace Bench.Benchmarks.Progress;

/// <summary>Shows how far a run is.</summary>
internal interface IRunDisplay
{
    /// <summary>A launch has started, or goes on.</summary>
    void Show(RunState state);

    /// <summary>A launch has ended.</summary>
    void Ended(EndedLaunch launch, RunState state);

    /// <summary>There is nothing more to show.</summary>
    void Close();
}

/// <summary>Shows nothing: BenchmarkDotNet's own words are on the console.</summary>
internal sealed class NoDisplay : IRunDisplay
{
    public void Show(RunState state)
    {
    }

    public void Ended(EndedLaunch launch, RunState state)
    {
    }

    public void Close()
    {
    }
}
