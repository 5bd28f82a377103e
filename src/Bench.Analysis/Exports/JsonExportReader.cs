using Bench.Analysis.Runs;

namespace Bench.Analysis.Exports;

/// <summary>Reads JSON exports of BenchmarkDotNet from any project: <c>-report-full.json</c>, <c>-full-compressed.json</c>, <c>-brief.json</c>, joined or not.</summary>
public static class JsonExportReader
{
    private const string Workload = "Workload";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it holds; benchmarks that failed are among it.</returns>
    /// <exception cref="RunFormatException">The file is missing, too large, damaged or no export.</exception>
    public static Export Read(string path) => From(ExportDocument.Read(path), path);

    /// <summary>The same for the contents of a file.</summary>
    internal static Export Parse(ReadOnlySpan<byte> json, string path) => From(ExportDocument.Parse(json, path), path);

    private static Export From(ExportDocument document, string path) =>
        new([path], [.. document.Benchmarks!.Select(benchmark => Convert(benchmark!, path))], Machine(document.HostEnvironmentInfo), IsMarkdown: false);

    private static ExportedBenchmark Convert(ExportCase benchmark, string path)
    {
        var name = BenchmarkName.Of(benchmark);
        if (name.Method.Length == 0)
        {
            throw new RunFormatException(path, "found a benchmark without Method; expected a JSON export of BenchmarkDotNet.");
        }

        var launches = Launches(benchmark, name, path);
        if (launches.Count > 0)
        {
            return new ExportedBenchmark(name, launches, null, null);
        }

        return benchmark.Statistics?.OriginalValues is { Count: > 0 } values
            ? new ExportedBenchmark(name, [Checked(values, name, path)], null, null)
            : new ExportedBenchmark(name, [], null, "it has no measurements: it failed");
    }

    /// <summary>What BenchmarkDotNet's own table rests on: iterations without overhead, and without what it took for outliers; or else the raw ones.</summary>
    private static List<IReadOnlyList<double>> Launches(ExportCase benchmark, BenchmarkName name, string path)
    {
        var measured = (benchmark.Measurements ?? []).OfType<ExportMeasurement>().Where(measurement => measurement.IterationMode == Workload).ToList();
        var stage = measured.Exists(measurement => measurement.IterationStage == "Result") ? "Result" : "Actual";
        var launches = new List<List<double>>();
        ExportMeasurement? last = null;
        foreach (var measurement in measured.Where(measurement => measurement.IterationStage == stage))
        {
            // Inside one process every launch has the index 0; then the iterations start again.
            if (last is null || measurement.LaunchIndex != last.LaunchIndex || measurement.IterationIndex <= last.IterationIndex)
            {
                launches.Add([]);
            }

            if (measurement.Operations <= 0)
            {
                throw new RunFormatException(path, $"found {measurement.Operations} operations in an iteration of {name.Label}; expected at least one.");
            }

            launches[^1].Add(measurement.Nanoseconds / measurement.Operations);
            last = measurement;
        }

        return [.. launches.Select(launch => Checked(launch, name, path))];
    }

    private static IReadOnlyList<double> Checked(IReadOnlyList<double> times, BenchmarkName name, string path)
    {
        foreach (var time in times)
        {
            if (!(time >= 0 && double.IsFinite(time)))
            {
                throw new RunFormatException(path, $"found a time of {time} ns in {name.Label}; expected a finite number, not below 0.");
            }
        }

        return times;
    }

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
        Add(MachineTraits.Cores, host?.LogicalCoreCount?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(MachineTraits.Architecture, host?.Architecture);
        Add(MachineTraits.System, host?.OsVersion);
        Add(MachineTraits.Runtime, host?.RuntimeVersion);
        Add(MachineTraits.BenchmarkDotNet, host?.BenchmarkDotNetVersion);
        Add(MachineTraits.Configuration, host?.Configuration);
        return facts;
    }
}

/// <summary>The names of what exports tell of a machine.</summary>
internal static class MachineTraits
{
    public const string Processor = "processor";
    public const string Cores = "logical cores";
    public const string Architecture = "architecture";
    public const string System = "operating system";
    public const string Runtime = ".NET";
    public const string BenchmarkDotNet = "BenchmarkDotNet";
    public const string Configuration = "configuration";
}
