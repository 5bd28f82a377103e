using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Scheduling;

namespace Bench.Benchmarks.Progress;

/// <summary>Follows the launches of a run, and has shown how far it is.</summary>
/// <param name="display">Shows it.</param>
/// <param name="measurements">What is measured.</param>
/// <param name="rounds">How many launches each has, as far as is known beforehand.</param>
/// <param name="time">The clock of the time that is left.</param>
/// <param name="isSearch">Whether what comes next depends on what was measured: then launches take as long as they did on average.</param>
internal sealed class RunProgress(
    IRunDisplay display, IReadOnlyList<MeasurementId> measurements, int rounds, TimeProvider time, bool isSearch = false)
    : IScheduleWatcher, ILaunchListener
{
    private readonly TimeLeft _left = new(measurements.ToDictionary(measurement => measurement.ToString(), _ => rounds));
    private readonly EngineComplaints _complaints = new();
    private readonly Lock _gate = new();
    private RunState _state = new() { LaunchCount = measurements.Count * rounds, RoundCount = rounds };
    private long _started;
    private double _milliseconds;
    private int _inferences;

    private double? Mean => _inferences == 0 ? null : _milliseconds / _inferences;

    private TimeSpan? Left(TimeSpan elapsed)
    {
        if (!isSearch)
        {
            return _left.Estimate(elapsed);
        }

        var left = (_left.Typical * Math.Max(0, _state.LaunchCount - _state.LaunchesDone)) - elapsed;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    public void Starting(LaunchName name, int expected)
    {
        lock (_gate)
        {
            (_milliseconds, _inferences) = (0, 0);
            _started = time.GetTimestamp();
            _state = _state with
            {
                Cell = name.Measurement.ToString(),
                Round = name.Round,
                RoundCount = Math.Max(_state.RoundCount, name.Round),
                LaunchCount = Math.Max(expected, _state.LaunchesDone + 1),
                Inferences = 0,
                MeanMs = null,
                Left = Left(TimeSpan.Zero),
            };
            display.Show(_state);
        }
    }

    public void Skipped(LaunchName name)
    {
        lock (_gate)
        {
            _left.Ended(name.Measurement.ToString(), null);
            _state = _state with { LaunchesDone = _state.LaunchesDone + 1 };
        }
    }

    public void Measured(double milliseconds, int requests = 1)
    {
        lock (_gate)
        {
            _milliseconds += milliseconds;
            _inferences += requests;
            if (!display.IsDue)
            {
                return;
            }

            _state = _state with
            {
                Inferences = _inferences,
                MeanMs = Mean,
                Left = Left(time.GetElapsedTime(_started)),
                Complaints = _complaints.Total,
            };
            display.Show(_state);
        }
    }

    public void Complained(MeasurementId measurement, string line) => _complaints.Add(measurement.ToString(), line);

    public void Ended(LaunchName name, LaunchOutcome outcome)
    {
        lock (_gate)
        {
            _left.Ended(name.Measurement.ToString(), time.GetElapsedTime(_started));
            _state = _state with
            {
                LaunchesDone = _state.LaunchesDone + 1,
                Cell = string.Empty,
                Left = Left(TimeSpan.Zero),
                Complaints = _complaints.Total,
            };
            display.Ended(new EndedLaunch(name.Measurement.ToString(), name.Round, outcome.MeanMs ?? Mean, outcome.Failure), _state);
        }
    }
}
