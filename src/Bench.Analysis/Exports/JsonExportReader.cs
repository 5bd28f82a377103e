using System.Globalization;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Exports;

/// <summary>Reads JSON exports of BenchmarkDotNet from any project: <c>-report-full.json</c>, <c>-full-compressed.json</c>,
/// <c>-brief.json</c>, joined or not.</summary>
internal static class JsonExportReader
{
    private const string Workload = "Workload";
    private const string Result = "Result";
    private const string Actual = "Actual";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it holds; benchmarks that failed are among it.</returns>
    /// <exception cref="RunFormatException">The file is missing, too large, damaged or no export.</exception>
    public static Export Read(string path) => From(ExportDocument.Read(path), path);

    /// <summary>The same for the contents of a file.</summary>
    internal static Export Parse(ReadOnlySpan<byte> json, string path) => From(ExportDocument.Parse(json, path), path);

    private static Export From(ExportDocument document, string path) =>
        new([path], [.. document.Benchmarks!.Select(benchmark => WithMemory(benchmark!, path))], Machine(document.HostEnvironmentInfo),
            IsMarkdown: false);

    private static ExportedBenchmark WithMemory(ExportCase benchmark, string path)
    {
        var converted = Convert(benchmark, path) with { File = path };
        return converted.Failure is not null ? converted
            : converted with { Memory = MemoryReader.Read(benchmark.Memory, benchmark.Metrics, converted.Name.Label, path) };
    }

    private static ExportedBenchmark Convert(ExportCase benchmark, string path)
    {
        var name = BenchmarkName.Of(benchmark);
        if (name.Method.Length == 0)
        {
            throw new RunFormatException(path, "found a benchmark without Method; expected a JSON export of BenchmarkDotNet.");
        }

        var launches = Launches(benchmark, name, path, out var numbers);
        if (launches.Count > 0 && IsFailed(benchmark))
        {
            return new ExportedBenchmark(
                name, [], null, $"it has {launches.Sum(launch => launch.Count)} raw iterations and no result: it failed");
        }

        if (launches.Count > 0)
        {
            return new ExportedBenchmark(name, launches, null, null) { LaunchNumbers = numbers };
        }

        if (benchmark.Statistics?.OriginalValues is { Count: > 0 } values)
        {
            return new ExportedBenchmark(name, [[.. values.Select(ns => Checked(ns, name, path))]], null, null);
        }

        // Before 0.12 an export keeps no values, only what was computed of them.
        return benchmark.Statistics is { Mean: { } mean } statistics
            ? new ExportedBenchmark(name, [], Summary(Checked(mean, name, path), statistics), null)
            : new ExportedBenchmark(name, [], null, "it has no measurements: it failed");
    }

    /// <summary>A benchmark that ended before its results were computed: nothing is known of it, although a few iterations are there.
    /// Bench's own exports have no need of results.</summary>
    private static bool IsFailed(ExportCase benchmark) => benchmark.Statistics is null
        && benchmark.Measurements!.All(measurement => measurement?.IterationStage != Result)
        && !JobName.TryParse(BenchmarkName.Of(benchmark), out _, out _);

    private static ExportedSummary Summary(double meanMs, ExportStatistics statistics) =>
        statistics is { N: > 1, StandardError: >= 0 and var error and not double.PositiveInfinity }
            ? new ExportedSummary(meanMs, error / TimeUnits.NsPerMs, statistics.N.Value - 1)
            : new ExportedSummary(meanMs, null, 0);

    /// <summary>
    /// What BenchmarkDotNet's own table rests on: of each launch the iterations without overhead, and without what it took for outliers; or
    /// the raw ones of a launch that has no others, because its process died before it computed them.
    /// </summary>
    private static List<IReadOnlyList<double>> Launches(
        ExportCase benchmark, BenchmarkName name, string path, out IReadOnlyList<int> numbers)
    {
        var measured = (benchmark.Measurements ?? []).OfType<ExportMeasurement>()
            .Where(measurement => measurement is { IterationMode: Workload, IterationStage: Result or Actual })
            .ToList();
        var withResult = measured.Where(measurement => measurement.IterationStage == Result)
            .Select(measurement => measurement.LaunchIndex).ToHashSet();
        var launches = new List<List<double>>();
        var found = new List<int>();
        ExportMeasurement? last = null;
        foreach (var measurement in measured
            .Where(measurement => measurement.IterationStage == (withResult.Contains(measurement.LaunchIndex) ? Result : Actual)))
        {
            // Inside one process every launch has the index 0; then the iterations start again.
            if (last is null || measurement.LaunchIndex != last.LaunchIndex || measurement.IterationIndex <= last.IterationIndex)
            {
                launches.Add([]);
                found.Add(measurement.LaunchIndex);
            }

            if (measurement.Operations <= 0)
            {
                throw new RunFormatException(
                    path, $"found {measurement.Operations} operations in an iteration of {name.Label}; expected at least one.");
            }

            launches[^1].Add(Checked(measurement.Nanoseconds / measurement.Operations, name, path));
            last = measurement;
        }

        numbers = found.TrueForAll(number => number > 0) && found.Distinct().Count() == found.Count ? found : [];
        return [.. launches];
    }

    /// <returns>The time in ms.</returns>
    private static double Checked(double ns, BenchmarkName name, string path) => ns >= 0 && double.IsFinite(ns)
        ? ns / TimeUnits.NsPerMs
        : throw new RunFormatException(path, $"found a time of {ns} ns in {name.Label}; expected a finite number, not below 0.");

    private static SortedDictionary<string, string> Machine(ExportHost? host)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                facts[name] = value;
            }
        }

        Add(MachineTraits.Processor, host?.ProcessorName);
        Add(MachineTraits.Cores, host?.LogicalCoreCount is > 0 and var logical ? logical.ToString(CultureInfo.InvariantCulture) : null);
        Add(MachineTraits.PhysicalCores,
            host?.PhysicalCoreCount is > 0 and var physical ? physical.ToString(CultureInfo.InvariantCulture) : null);
        Add(MachineTraits.Architecture, host?.Architecture);
        Add(MachineTraits.System, host?.OsVersion is { } system ? HostText.System(system) : null);
        Add(MachineTraits.Runtime, host?.RuntimeVersion is { } runtime ? HostText.Runtime(runtime) : null);
        Add(MachineTraits.BenchmarkDotNet, host?.BenchmarkDotNetVersion);
        Add(MachineTraits.Configuration, host?.Configuration);
        return facts;
    }
}
