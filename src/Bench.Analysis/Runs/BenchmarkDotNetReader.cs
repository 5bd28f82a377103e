using Bench.Analysis.Exports;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Runs;

/// <summary>Reads the latencies from the full JSON that BenchmarkDotNet exported into a run folder.</summary>
internal static class BenchmarkDotNetReader
{
    /// <summary>Reads all full JSON files of a run.</summary>
    /// <param name="folder">The run folder.</param>
    /// <returns>The timings of every cell that has any, by cell id.</returns>
    /// <exception cref="RunFormatException">A file is damaged, or there is none.</exception>
    public static IReadOnlyDictionary<MeasurementId, CellTimings> Read(RunFolder folder)
    {
        var files = Directory.Exists(folder.BenchmarkDotNetPath)
            ? Directory.GetFiles(folder.BenchmarkDotNetPath, "*-report-full.json")
            : [];
        if (files.Length == 0)
        {
            throw new RunFormatException(
                folder.BenchmarkDotNetPath,
                "found no *-report-full.json; expected BenchmarkDotNet's export. The run measured nothing or was interrupted early.");
        }

        Array.Sort(files, StringComparer.Ordinal);
        return files.SelectMany(file => Launches(ExportDocument.Read(file), file))
            .GroupBy(launch => launch.CellId)
            .ToDictionary(
                cell => new MeasurementId(cell.Key, Load.Closed),
                cell => new CellTimings(cell.Key, [.. cell.Select(launch => launch.Timings).OrderBy(launch => launch.Round)]));
    }

    /// <exception cref="RunFormatException">The file is damaged.</exception>
    internal static IEnumerable<Launch> Parse(ReadOnlySpan<byte> json, string path) => Launches(ExportDocument.Parse(json, path), path);

    private static List<Launch> Launches(ExportDocument document, string path) =>
        [.. document.Benchmarks!.SelectMany(benchmark => LaunchesOf(benchmark!, path))];

    private static IEnumerable<Launch> LaunchesOf(ExportCase benchmark, string path)
    {
        if (benchmark.DisplayInfo is not { } displayInfo || !JobName.TryParse(displayInfo, out var job, out var model))
        {
            yield break;
        }

        // One operation is one iteration, so the nanoseconds of an iteration are one latency.
        var measured = (benchmark.Measurements ?? []).OfType<ExportMeasurement>()
            .Where(m => m is { IterationMode: "Workload", IterationStage: "Actual" });
        foreach (var launch in measured.GroupBy(m => m.LaunchIndex))
        {
            foreach (var measurement in launch)
            {
                if (measurement.Operations != 1 || !double.IsFinite(measurement.Nanoseconds) || measurement.Nanoseconds <= 0)
                {
                    throw new RunFormatException(
                        path,
                        $"found {measurement.Operations} operations in {measurement.Nanoseconds} ns in '{displayInfo}'; "
                        + "expected one operation and a time above 0.");
                }
            }

            yield return new Launch(
                job.CellId(model),
                new LaunchTimings(
                    job.Round, [.. launch.OrderBy(m => m.IterationIndex).Select(m => m.Nanoseconds / TimeUnits.NsPerMs)]));
        }
    }

    internal sealed record Launch(CellId CellId, LaunchTimings Timings);
}
