using System.Runtime.InteropServices;
using System.Text.Json;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Arrays;
using Bench.Arrays.Npy;

namespace Bench.Analysis.Runs;

/// <summary>
/// The folder <c>launches/</c> of a run: what each launch measured, on the disk before the next one starts. A launch counts when its record
/// stands there; what the record speaks of was written before it.
/// </summary>
/// <param name="Run">The run's folder.</param>
public sealed record LaunchFolder(RunFolder Run)
{
    private const string RecordEnding = ".json";
    private const string SpokenEnding = ".said.json";
    private const string InspectionEnding = "_inspection.json";
    private const string OpenEnding = "_open.json";
    private const string BandEnding = "_band.json";
    private const string LatenciesEnding = ".npy";
    private const string ArrivalsEnding = ".arrivals.npy";

    private static readonly string[] EndingsOfLaunch = [RecordEnding, SpokenEnding, LatenciesEnding, ArrivalsEnding];

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(Run.Path, "launches");

    /// <summary>Where the latencies of a launch lie: a <c>.npy</c> file of milliseconds, in the order in which they
    /// were measured.</summary>
    /// <param name="name">The launch.</param>
    public string LatenciesPath(LaunchName name) => Place($"{name}{LatenciesEnding}");

    /// <summary>Writes what a launch measured. The latencies first: the record says that all is there.</summary>
    /// <param name="record">The record.</param>
    /// <param name="latenciesMs">The latencies in ms; empty if it failed.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <remarks>A failure never takes the place of what was measured.</remarks>
    public void Write(LaunchRecord record, ReadOnlySpan<double> latenciesMs)
    {
        Directory.CreateDirectory(Path);
        if (!record.IsFinished && Read(record.Name) is { IsFinished: true })
        {
            return;
        }

        if (record.IsFinished)
        {
            AtomicFile.Write(LatenciesPath(record.Name), NpyArray.FromDoubles(latenciesMs, latenciesMs.Length).ToFile());
        }

        Write($"{record.Name}{RecordEnding}", record);
    }

    /// <summary>Writes what was found out about a cell.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(InspectionRecord record)
    {
        Directory.CreateDirectory(Path);
        Write($"{LaunchName.Inspection(new MeasurementId(record.Cell, Load.Closed))}{RecordEnding}", record);
    }

    /// <summary>Writes how an open load is measured.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(OpenPlan plan)
    {
        Directory.CreateDirectory(Path);
        Write($"{LaunchName.OpenPlan(new MeasurementId(plan.Cell, plan.Load))}{RecordEnding}", plan);
    }

    /// <summary>How an open load is measured.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <returns>The plan; null if there is none.</returns>
    /// <exception cref="RunFormatException">The file is damaged or of another version.</exception>
    public OpenPlan? ReadOpenPlan(MeasurementId measurement) =>
        Read<OpenPlan>($"{LaunchName.OpenPlan(measurement)}{RecordEnding}", plan => RecordFaults.Of(plan)
            ?? (new MeasurementId(plan.Cell, plan.Load) == measurement ? null
                : $"found the plan of {new MeasurementId(plan.Cell, plan.Load)}; expected that of {measurement}."));

    /// <summary>Writes what a search for the highest rate found.</summary>
    /// <param name="band">The band.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(RateBand band)
    {
        Directory.CreateDirectory(Path);
        Write($"{LaunchName.Band(band.Cell)}{RecordEnding}", band);
    }

    /// <summary>What a search for the highest rate found.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The band; null if there was none, or it has not ended.</returns>
    /// <exception cref="RunFormatException">The file is damaged or of another version.</exception>
    public RateBand? ReadBand(CellId cell) => Read<RateBand>($"{LaunchName.Band(cell)}{RecordEnding}", band => RecordFaults.Of(band)
        ?? (band.Cell == cell ? null : $"found the band of {band.Cell}; expected that of {cell}."));

    /// <summary>Where the arrivals of a launch under an open load lie: a <c>.npy</c> file of ms, for each request when it was due, sent and
    /// answered, from the first one on.</summary>
    /// <param name="name">The launch.</param>
    public string ArrivalsPath(LaunchName name) => Place($"{name}{ArrivalsEnding}");

    /// <summary>Writes the arrivals of a launch.</summary>
    /// <param name="name">The launch.</param>
    /// <param name="times">Due, sent and answered in ms, request by request; positive infinity if it was never answered.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteArrivals(LaunchName name, ReadOnlySpan<double> times)
    {
        Directory.CreateDirectory(Path);
        AtomicFile.Write(ArrivalsPath(name), NpyArray.FromDoubles(times, times.Length / 3, 3).ToFile());
    }

    /// <summary>Writes what the engine said during a launch.</summary>
    /// <param name="name">The launch.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(LaunchName name, SpokenRecord record) => Write($"{name}{SpokenEnding}", record);

    /// <summary>What a launch measured.</summary>
    /// <param name="name">The launch.</param>
    /// <returns>The record; null if it left none.</returns>
    /// <exception cref="RunFormatException">The file is damaged or of another version.</exception>
    public LaunchRecord? Read(LaunchName name) => ReadRecord($"{name}{RecordEnding}");

    /// <summary>What was found out about a cell before its launches.</summary>
    /// <param name="cell">The cell.</param>
    /// <returns>The record; null if there is none.</returns>
    /// <exception cref="RunFormatException">The file is damaged or of another version.</exception>
    public InspectionRecord? ReadInspection(CellId cell) =>
        Read<InspectionRecord>(
            $"{LaunchName.Inspection(new MeasurementId(cell, Load.Closed))}{RecordEnding}",
            record => RecordFaults.Of(record) ?? (record.Cell == cell ? null : $"found the cell {record.Cell}; expected {cell}."));

    /// <summary>What the engine said during a launch.</summary>
    /// <param name="name">The launch.</param>
    /// <returns>The record; null if there is none.</returns>
    /// <exception cref="RunFormatException">The file is damaged.</exception>
    public SpokenRecord? ReadSpoken(LaunchName name) => Read<SpokenRecord>($"{name}{SpokenEnding}", RecordFaults.Of);

    /// <summary>The latencies of a launch in ms, in the order in which they were measured.</summary>
    /// <param name="name">The launch.</param>
    /// <exception cref="RunFormatException">The file is missing, damaged, or holds what is no latency.</exception>
    public double[] ReadLatencies(LaunchName name)
    {
        var path = LatenciesPath(name);
        NpyArray array;
        try
        {
            array = NpyArray.Read(path);
        }
        catch (Exception e) when (e is NpyFormatException or IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(path, e is NpyFormatException npy ? npy.Problem : e.Message, e);
        }

        if (array is not { Shape: [> 0], ElementType: ElementType.Float64 })
        {
            throw new RunFormatException(
                path,
                $"found {array.ElementType} of shape ({string.Join(", ", array.Shape)}); expected latencies: 64-bit floats in one row.");
        }

        var latencies = MemoryMarshal.Cast<byte, double>(array.Bytes).ToArray();
        var wrong = Array.FindIndex(latencies, ms => !(ms > 0 && double.IsFinite(ms)));
        return wrong < 0
            ? latencies
            : throw new RunFormatException(path, $"found the latency {latencies[wrong]} ms at position {wrong}; expected a time above 0.");
    }

    /// <summary>The times of a launch.</summary>
    /// <param name="record">Its record; finished.</param>
    /// <exception cref="RunFormatException">The file of latencies is missing, damaged, or has another number of them.</exception>
    public LaunchTimings ReadTimings(LaunchRecord record) => LaunchTimingsReader.Read(this, record.Name, record.Facts!);

    /// <summary>Forgets what a launch left, so that it can be made again.</summary>
    /// <param name="name">The launch.</param>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public void Delete(LaunchName name)
    {
        foreach (var ending in EndingsOfLaunch)
        {
            File.Delete(Place($"{name}{ending}"));
        }
    }

    /// <summary>Forgets what was found out about a cell, and what a search for its highest rate found.</summary>
    /// <param name="cell">The cell.</param>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public void DeleteFindings(CellId cell)
    {
        DeleteFile($"{LaunchName.Inspection(new MeasurementId(cell, Load.Closed))}{RecordEnding}");
        DeleteFile($"{LaunchName.Band(cell)}{RecordEnding}");
    }

    /// <summary>Forgets how an open load was to be measured.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <exception cref="IOException">The file cannot be deleted.</exception>
    public void DeletePlan(MeasurementId measurement) => DeleteFile($"{LaunchName.OpenPlan(measurement)}{RecordEnding}");

    /// <summary>Forgets launches of which a file is damaged or missing, so that they can be made again.</summary>
    /// <returns>What was wrong with each.</returns>
    /// <exception cref="IOException">A file cannot be deleted.</exception>
    public IReadOnlyList<string> DeleteDamaged()
    {
        var found = new List<string>();
        var shares = new ShareCheck(Run);
        foreach (var file in Directory.Exists(Path) ? RecordNames().ToList() : [])
        {
            try
            {
                if (ReadRecord(file) is { IsFinished: true } record)
                {
                    if (ReadLatencies(record.Name).Length != record.Facts!.Requests)
                    {
                        throw new RunFormatException(
                            LatenciesPath(record.Name), "found another number of latencies than the record says.");
                    }

                    shares.Check(record.Outputs);
                }
            }
            catch (RunFormatException e)
            {
                found.Add(e.Message);
                var name = file[..^RecordEnding.Length];
                foreach (var ending in EndingsOfLaunch)
                {
                    File.Delete(Place($"{name}{ending}"));
                }
            }
        }

        return found;
    }

    /// <summary>All records of launches, in no order.</summary>
    /// <exception cref="RunFormatException">A file is damaged or of another version.</exception>
    public IReadOnlyList<LaunchRecord> ReadAll() => Directory.Exists(Path)
        ? [.. InParallel.Select([.. RecordNames()], ReadRecord).OfType<LaunchRecord>()]
        : [];

    private IEnumerable<string> RecordNames() => Directory.EnumerateFiles(Path, $"*{RecordEnding}")
        .Select(file => System.IO.Path.GetFileName(file))
        .Where(name => !name.EndsWith(SpokenEnding, StringComparison.Ordinal)
            && !name.EndsWith(InspectionEnding, StringComparison.Ordinal)
            && !name.EndsWith(OpenEnding, StringComparison.Ordinal)
            && !name.EndsWith(BandEnding, StringComparison.Ordinal));

    private void DeleteFile(string name)
    {
        // A run that measured nothing has no such folder, in which nothing can be deleted.
        if (Directory.Exists(Path))
        {
            File.Delete(Place(name));
        }
    }

    private string Place(string name) => System.IO.Path.Combine(Path, name);

    private void Write<T>(string name, T record) =>
        AtomicFile.Write(Place(name), JsonSerializer.SerializeToUtf8Bytes(record, RunJson.Compact));

    private LaunchRecord? ReadRecord(string fileName) => Read<LaunchRecord>(fileName, record => RecordFaults.Of(record)
        ?? ($"{record.Name}{RecordEnding}" == fileName
            ? null
            : $"found what round {record.Round} of {record.Name.Measurement} measured; expected the launch that the file is named by."));

    private T? Read<T>(string name, Func<T, string?> faultOf)
        where T : class
    {
        var path = Place(name);
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            var record = JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), RunJson.Compact)
                ?? throw new RunFormatException(path, "found null; expected what a launch recorded.");
            return faultOf(record) is { } fault ? throw new RunFormatException(path, fault) : record;
        }
        catch (JsonException e)
        {
            throw new RunFormatException(path, $"the file is damaged or truncated: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(path, e.Message, e);
        }
    }
}
