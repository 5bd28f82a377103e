using System.Globalization;
using Bench.Analysis.Exports;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Inference;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;

namespace Bench.Benchmarks.Progress;

/// <summary>Follows the launches of a run: what is shown of them, which cells have failed, and what is remembered of launches that
/// left no record.</summary>
/// <param name="display">Shows how far the run is.</param>
/// <param name="cells">The cells that are measured.</param>
/// <param name="plan">How much is measured, and where records lie.</param>
/// <param name="time">The clock of the time that is left.</param>
/// <param name="cancellation">After it no launch is started.</param>
internal sealed class RunProgress(
        IRunDisplay display, IReadOnlyList<string> cells, LaunchPlan plan, TimeProvider time, CancellationToken cancellation)
    : ILaunchWatcher
{
    private readonly Dictionary<(string Job, string Model), string> _endings = [];
    private readonly HashSet<string> _failed = [];
    private readonly TimeLeft _left = new(cells.ToDictionary(cell => cell, _ => plan.Rounds));
    private readonly EngineComplaints _complaints = new();
    private RunState _state = new() { LaunchCount = cells.Count * plan.Rounds, RoundCount = plan.Rounds };
    private long _started;
    private double _milliseconds;
    private int _inferences;

    private double? Mean => _inferences == 0 ? null : _milliseconds / _inferences;

    /// <summary>How a launch that left no record ended.</summary>
    public string? EndingOf(string job, string model) => _endings.GetValueOrDefault((job, model));

    /// <summary>What the engine of a cell said on standard error.</summary>
    public IReadOnlyList<Analysis.Runs.Complaint> ComplaintsOf(string cell) => _complaints.Of(cell);

    public bool Starting(BenchmarkCase benchmark)
    {
        if (cancellation.IsCancellationRequested || !JobName.TryParse(benchmark.DisplayInfo, out var job, out var model))
        {
            return false;
        }

        var cell = job.CellId(model).ToString();
        if (_failed.Contains(cell))
        {
            // It would fail the same way, and its rounds are not complete any more.
            _left.Ended(cell, null);
            _state = _state with { LaunchesDone = _state.LaunchesDone + 1 };
            return false;
        }

        (_milliseconds, _inferences) = (0, 0);
        _started = time.GetTimestamp();
        _state = _state with
        {
            Cell = cell,
            Round = job.Round,
            Inferences = (0, plan.Iterations),
            MeanMs = null,
            Left = _left.Estimate(TimeSpan.Zero),
        };
        display.Show(_state);
        return true;
    }

    public void Measured(double milliseconds)
    {
        _milliseconds += milliseconds;
        _inferences++;
        if (!display.IsDue)
        {
            return;
        }

        _state = _state with
        {
            Inferences = (_inferences, plan.Iterations),
            MeanMs = Mean,
            Left = _left.Estimate(time.GetElapsedTime(_started)),
            Complaints = _complaints.Total,
        };
        display.Show(_state);
    }

    public void Complained(BenchmarkCase benchmark, string line)
    {
        if (JobName.TryParse(benchmark.DisplayInfo, out var job, out var model))
        {
            _complaints.Add(job.CellId(model).ToString(), line);
        }
    }

    public void Ended(BenchmarkCase benchmark, ExecuteResult result)
    {
        if (!JobName.TryParse(benchmark.DisplayInfo, out var job, out var model))
        {
            return;
        }

        if (!result.IsSuccess)
        {
            _endings[(job.ToString(), model)] = Ending(result);
        }

        var cell = job.CellId(model).ToString();
        var record = LaunchRecord.Read(LaunchRecord.PathOf(plan.WorkFolder, job.ToString(), model));
        var failure = record is { Cancelled: true } || (record is null && cancellation.IsCancellationRequested)
            ? null
            : record?.Failure ?? (record is null || !result.IsSuccess ? EndingOf(job.ToString(), model) ?? "it left no record." : null);
        if (failure is not null)
        {
            _failed.Add(cell);
        }

        _left.Ended(cell, time.GetElapsedTime(_started));
        _state = _state with
        {
            LaunchesDone = _state.LaunchesDone + 1,
            Cell = string.Empty,
            Left = _left.Estimate(TimeSpan.Zero),
            Complaints = _complaints.Total,
        };
        display.Ended(new EndedLaunch(cell, job.Round, Mean, failure), _state);
    }

    private static string Ending(ExecuteResult result)
    {
        // What the engine said itself, if it did, says more than what BenchmarkDotNet said last.
        var said = result.StandardOutput.Any(line => line.Length > 0) ? result.StandardOutput : result.PrefixedLines;
        var tail = string.Join(" ", said.Where(line => line.Length > 0).TakeLast(3)).Trim();
        return $"the benchmark process ended with exit code {result.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}"
            + (tail.Length > 0 ? $"; the last it said: {tail}" : ".");
    }
}
