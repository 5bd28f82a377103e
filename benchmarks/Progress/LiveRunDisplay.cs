using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bench.Benchmarks.Progress;

/// <summary>A few lines at the bottom of a terminal that change: how far the run is, what is measured, and the latest figures.</summary>
/// <remarks>It draws when something is reported and at most twice a second, because whatever it does takes time from
/// what is measured.</remarks>
internal sealed class LiveRunDisplay : IRunDisplay
{
    private const int LaunchesShown = 6;
    private const int BarWidth = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Queue<EndedLaunch> _latest = new();
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _live;
    private LiveDisplayContext? _context;
    private RunState? _state;
    private long _lastDrawn;
    private bool _isStopping;
    private bool _isClosed;

    public LiveRunDisplay(IAnsiConsole console, TimeProvider time)
    {
        _time = time;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _live = console.Live(new Text(string.Empty)).AutoClear(true).StartAsync(async context =>
        {
            _context = context;
            started.SetResult();
            await _closing.Task.ConfigureAwait(false);
        });

        // Whichever comes first: what cannot be drawn must not hold the run up.
        Task.WaitAny(started.Task, _live);
    }

    public bool IsDue => _lastDrawn == 0 || _time.GetElapsedTime(_lastDrawn) >= Pause;

    public void Show(RunState state) => Draw(state, always: state.Inferences == 0);

    public void Ended(EndedLaunch launch, RunState state)
    {
        lock (_gate)
        {
            _latest.Enqueue(launch);
            if (_latest.Count > LaunchesShown)
            {
                _latest.Dequeue();
            }
        }

        Draw(state, always: true);
    }

    public void Stopping()
    {
        lock (_gate)
        {
            _isStopping = true;
        }

        if (_state is { } state)
        {
            Draw(state, always: true);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        _closing.TrySetResult();
        _live.GetAwaiter().GetResult();
    }

    /// <summary>What is drawn.</summary>
    internal static IRenderable Render(RunState state, IReadOnlyCollection<EndedLaunch> latest, bool isStopping = false)
    {
        var rows = new List<IRenderable> { new Markup(Bar(state)) };
        var table = new Table().NoBorder().HideHeaders().AddColumn("round")
            .AddColumn("cell").AddColumn(new TableColumn("time").RightAligned());
        foreach (var launch in latest)
        {
            table.AddRow(
                new Text(Invariant($"round {launch.Round}"), new Style(Color.Grey)),
                new Text(launch.Cell),
                launch.Failure is null
                    ? new Text(ProgressText.Ms(launch.MeanMs))
                    : new Text(ProgressText.Outcome(launch), new Style(Color.Red)));
        }

        if (state.Cell.Length > 0 && state.LaunchesDone < state.LaunchCount)
        {
            table.AddRow(
                new Text(Invariant($"round {state.Round}"), new Style(Color.Grey)),
                new Text(state.Cell, new Style(decoration: Decoration.Bold)),
                new Text(state.MeanMs is null ? "starting" : Invariant($"{state.Inferences} requests  {ProgressText.Ms(state.MeanMs)}")));
        }

        rows.Add(table);
        if (ProgressText.Complaints(state) is { Length: > 0 } complaints)
        {
            rows.Add(new Text("engines: " + complaints, new Style(Color.Yellow)));
        }

        if (isStopping)
        {
            rows.Add(new Text("Stopping; what was measured is kept ...", new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }

    private static string Bar(RunState state)
    {
        var share = state.LaunchCount == 0 ? 0 : (double)state.LaunchesDone / state.LaunchCount;
        var done = (int)(share * BarWidth);
        return Invariant($"[green]{new string('█', done)}[/][grey]{new string('░', BarWidth - done)}[/] {share * 100:0} %  ")
            + Invariant($"launch {Math.Min(state.LaunchesDone + 1, state.LaunchCount)} of {state.LaunchCount}  round {state.Round} of ")
            + Invariant($"{state.RoundCount}  ")
            + Markup.Escape(ProgressText.Left(state.Left));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Draw(RunState state, bool always)
    {
        lock (_gate)
        {
            _state = state;
            if (_isClosed || _context is null || (!always && !IsDue))
            {
                return;
            }

            _lastDrawn = _time.GetTimestamp();
            _context.UpdateTarget(Render(state, _latest, _isStopping));
        }
    }
}
