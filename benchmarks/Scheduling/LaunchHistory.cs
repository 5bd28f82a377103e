using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Benchmarks.Scheduling;

/// <summary>What is known of a run's launches so far: those of now, and those that a resumed run found.</summary>
internal sealed class LaunchHistory
{
    private readonly Dictionary<string, SortedDictionary<int, double>> _means = [];
    private readonly HashSet<string> _failed = [];

    /// <summary>Reads what launches of before have measured. Those that did not are deleted, so that they are made again, but for the
    /// failures that are kept.</summary>
    /// <param name="launches">The launches.</param>
    /// <param name="keepsFailures">Whether a failure of the network or the engine is not tried again; that of a disk always is.</param>
    /// <exception cref="IOException">The folder cannot be read, or written.</exception>
    public static LaunchHistory Read(LaunchFolder launches, bool keepsFailures)
    {
        var history = new LaunchHistory();
        foreach (var record in launches.ReadAll())
        {
            if (record.IsFinished)
            {
                history.Add(record.Name, launches.ReadTimings(record).RequestMs);
            }
            else if (keepsFailures && record.Failure is { IsOfDisk: false })
            {
                history.Fail(record.Name.Measurement);
            }
            else
            {
                launches.Delete(record.Name);
            }
        }

        return history;
    }

    /// <summary>How many launches have measured something.</summary>
    public int Count => _means.Values.Sum(launches => launches.Count);

    /// <summary>A launch has measured.</summary>
    /// <param name="name">The launch.</param>
    /// <param name="requestMs">How long the machine took for a request in ms: of one stream the mean of its latencies.</param>
    public void Add(LaunchName name, double requestMs)
    {
        var key = name.Measurement.ToString();
        if (!_means.TryGetValue(key, out var launches))
        {
            _means[key] = launches = [];
        }

        launches[name.Round] = requestMs;
    }

    /// <summary>A launch has failed: the next one would fail the same way, and the cell's rounds are not complete any more.</summary>
    public void Fail(MeasurementId measurement) => _failed.Add(measurement.ToString());

    /// <summary>Whether a launch has measured.</summary>
    public bool Has(LaunchName name) =>
        _means.TryGetValue(name.Measurement.ToString(), out var launches) && launches.ContainsKey(name.Round);

    /// <summary>Whether a launch of a measurement has failed.</summary>
    public bool HasFailed(MeasurementId measurement) => _failed.Contains(measurement.ToString());

    /// <summary>The machine's times for a request in the launches of a measurement in ms, by round.</summary>
    public IReadOnlyList<double> MeansMs(MeasurementId measurement) =>
        _means.TryGetValue(measurement.ToString(), out var launches) ? [.. launches.Values] : [];
}
