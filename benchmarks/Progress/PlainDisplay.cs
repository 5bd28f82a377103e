using Bench.Analysis.Rendering;

namespace Bench.Benchmarks.Progress;

/// <summary>One line for each launch, when it has ended: for files and logs of CI.</summary>
internal sealed class PlainDisplay(TextWriter output) : IRunDisplay
{
    public bool IsDue => false;

    public void Show(RunState state)
    {
    }

    public void Ended(EndedLaunch launch, RunState state)
    {
        var left = ProgressText.Left(state.Left) is { Length: > 0 } text && state.LaunchesDone < state.LaunchCount
            ? $", {text}"
            : string.Empty;
        // What failed is said whole, however long the line.
        output.WriteLine(ConsoleText.Line(
            $"[{state.LaunchesDone}/{state.LaunchCount}] round {launch.Round} of {state.RoundCount}, ", launch.Cell.ToString(),
            $": {ProgressText.Outcome(launch)}{left}", launch.Failure is null ? ConsoleText.Width : int.MaxValue));
    }

    // The program has said so.
    public void Stopping()
    {
    }

    public void Close()
    {
    }
}
