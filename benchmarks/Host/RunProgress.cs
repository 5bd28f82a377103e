using System.Diagnostics;
using System.Globalization;
using Bench.Analysis.Timings;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Inference;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;

namespace Bench.Benchmarks.Host;

/// <summary>
/// Follows a run: BenchmarkDotNet's log goes to a file, the console shows one line, and what happened to each launch is remembered.
/// </summary>
internal sealed class RunProgress : ILogger, ILaunchWatcher
{
    private const string TimedIterationPrefix = "WorkloadActual";

    private readonly TextWriter _log;
    private readonly BenchPaths _paths;
    private readonly TextWriter _console;
    private readonly bool _verbose;
    private readonly bool _isTerminal;
    private readonly Profile _profile;
    private readonly int _cellCount;
    private readonly LaunchPlan _plan;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<(string Job, string Model), string> _endings = [];
    private readonly List<string> _cells = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly System.Text.StringBuilder _line = new();
    private double _launchSeconds;
    private int _launches;
    private int _skipped;
    private int _iterations;
    private string _current = string.Empty;
    private TimeSpan _lastShown;

    public RunProgress(
        TextWriter log, BenchPaths paths, TextWriter console, bool isTerminal, bool verbose, Profile profile, int cellCount, LaunchPlan plan, CancellationToken cancellation)
    {
        _log = log;
        _paths = paths;
        _console = console;
        _isTerminal = isTerminal;
        _verbose = verbose;
        _profile = profile;
        _cellCount = cellCount;
        _plan = plan;
        _cancellation = cancellation;
    }

    public string Id => nameof(RunProgress);

    public int Priority => 0;

    /// <summary>How a launch that left no record ended.</summary>
    public string? EndingOf(string job, string model) => _endings.GetValueOrDefault((job, model));

    public bool Starting(BenchmarkCase benchmark)
    {
        if (_cancellation.IsCancellationRequested || !JobName.TryParse(benchmark.DisplayInfo, out var job, out var model))
        {
            return false;
        }

        var cell = job.CellId(model);
        if (!_cells.Contains(cell))
        {
            _cells.Add(cell);
        }

        if (HasFailed(job, model))
        {
            _skipped++;
            return false;
        }

        _iterations = 0;
        _current = string.Create(
            CultureInfo.InvariantCulture, $"cell {_cells.IndexOf(cell) + 1} of {_cellCount}, round {job.Round} of {_profile.Rounds}: {cell}");
        _clock.Restart();
        ShowProgress(always: true);
        return true;
    }

    public void Ended(BenchmarkCase benchmark, ExecuteResult result)
    {
        _launches++;
        _launchSeconds += _clock.Elapsed.TotalSeconds;
        if (!result.IsSuccess && JobName.TryParse(benchmark.DisplayInfo, out var job, out var model))
        {
            // What the engine said itself, if it did, says more than what BenchmarkDotNet said last.
            var said = result.StandardOutput.Any(line => line.Length > 0) ? result.StandardOutput : result.PrefixedLines;
            var tail = string.Join(" ", said.Where(line => line.Length > 0).TakeLast(3)).Trim();
            _endings[(job.ToString(), model)] = $"the benchmark process ended with exit code {result.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}"
                + (tail.Length > 0 ? $"; the last it said: {tail}" : ".");
        }
    }

    public void Write(LogKind logKind, string text)
    {
        _log.Write(_paths.Hide(text));
        if (_verbose)
        {
            _console.Write(text);
        }

        _line.Append(text);
        if (text.EndsWith('\n'))
        {
            EndLine();
        }
    }

    public void WriteLine()
    {
        _log.WriteLine();
        if (_verbose)
        {
            _console.WriteLine();
        }

        EndLine();
    }

    public void WriteLine(LogKind logKind, string text)
    {
        Write(logKind, text);
        WriteLine();
    }

    public void Flush() => _log.Flush();

    /// <summary>Removes the progress line from a terminal.</summary>
    public void Clear()
    {
        if (_isTerminal && !_verbose)
        {
            _console.Write("\r" + new string(' ', LineWidth()) + "\r");
        }
    }

    /// <summary>A cell that failed once is not tried again: it would fail the same way, and its rounds are not complete any more.</summary>
    private bool HasFailed(JobName job, string model) =>
        Enumerable.Range(1, job.Round - 1).Any(round =>
        {
            var earlier = (job with { Round = round }).ToString();
            return _endings.ContainsKey((earlier, model)) || LaunchRecord.Read(LaunchRecord.PathOf(_plan.WorkFolder, earlier, model)) is null or { Failure: not null };
        });

    private void EndLine()
    {
        var line = _line.ToString();
        _line.Clear();
        if (line.StartsWith(TimedIterationPrefix, StringComparison.Ordinal))
        {
            _iterations++;
            ShowProgress(always: false);
        }
    }

    private void ShowProgress(bool always)
    {
        var remaining = (_cellCount * _profile.Rounds) - _launches - _skipped;
        var left = _launches == 0
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $", about {Duration(Math.Max(0, (_launchSeconds / _launches * remaining) - _clock.Elapsed.TotalSeconds))} left");
        Show($"{_current}, {_iterations} of {_profile.Iterations} iterations{left}", always);
    }

    private void Show(string text, bool always)
    {
        if (_verbose)
        {
            return;
        }

        if (!_isTerminal)
        {
            // A file or a CI log gets one line per launch.
            if (always)
            {
                _console.WriteLine(text);
            }

            return;
        }

        var now = TimeSpan.FromMilliseconds(Environment.TickCount64);
        if (always || now - _lastShown > TimeSpan.FromMilliseconds(200))
        {
            _lastShown = now;
            var width = LineWidth();
            _console.Write("\r" + (text.Length > width ? text[..width] : text.PadRight(width)));
        }
    }

    // One less than the terminal has, so that the line never wraps.
    private static int LineWidth()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth - 1, 20, 160);
        }
        catch (IOException)
        {
            return 79;
        }
    }

    private static string Duration(double seconds) => TimeSpan.FromSeconds(seconds).ToString(seconds >= 3600 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
