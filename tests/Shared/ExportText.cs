using System.Globalization;

namespace Bench.Tests;

/// <summary>
/// Full exports of BenchmarkDotNet, written by hand: five iterations a launch, one operation each, a few parts in a thousand apart.
/// </summary>
internal static class ExportText
{
    /// <summary>One benchmark of an export.</summary>
    /// <param name="Name">Namespace, class and method: <c>Acme.X.A</c>.</param>
    /// <param name="Ns">About how long an operation takes.</param>
    /// <param name="Bytes">What MemoryDiagnoser counted; null without it.</param>
    /// <param name="Gen0">Collections in a million operations.</param>
    /// <param name="Launches">How many processes; none for a benchmark that failed.</param>
    public sealed record Benchmark(string Name, double Ns = 1000, int? Bytes = null, int Gen0 = 0, int Launches = 6);

    /// <summary>An export of these benchmarks.</summary>
    /// <param name="benchmarks">The benchmarks.</param>
    public static string Of(params IEnumerable<Benchmark> benchmarks) => """
        {"Title":"Acme",
        "HostEnvironmentInfo":{"BenchmarkDotNetVersion":"0.15.8","OsVersion":"Ubuntu 24.04",
        "ProcessorName":"CPU 1","LogicalCoreCount":2,"Configuration":"RELEASE"},
        "Benchmarks":[
        """ + string.Join(',', benchmarks.Select(Text)) + "]}\n";

    /// <summary>What <c>bench noise</c> writes of eight runs that hardly differ.</summary>
    /// <param name="names">The benchmarks.</param>
    public static string QuietNoise(params IEnumerable<string> names) =>
        """{"schemaVersion":2,"machine":{"processor":"CPU 1"},"runs":["a","b","c","d","e","f","g","h"],"cells":{"""
        + string.Join(',', names.Select(name => $"\"{name}\":" + """{"alone":{"runs":8,"total":1e-6,"within":1e-6}}""")) + "}}\n";

    private static string Text(Benchmark benchmark)
    {
        var parts = benchmark.Name.Split('.');
        var rows = Enumerable.Range(0, 5 * benchmark.Launches).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"IterationMode":"Workload","IterationStage":"Result","LaunchIndex":{{1 + (i / 5)}},"IterationIndex":{{1 + (i % 5)}},
            "Operations":1,"Nanoseconds":{{benchmark.Ns * (1 + (i * 7 % 11 / 1e4))}} }
            """));
        var memory = benchmark.Bytes is not { } bytes ? string.Empty
            : $$"""
            ,"Memory":{"Gen0Collections":{{benchmark.Gen0}},"Gen1Collections":0,"Gen2Collections":0,"TotalOperations":1000000,
            "BytesAllocatedPerOperation":{{bytes}} }
            """;
        return $$"""
            {"DisplayInfo":"{{parts[^2]}}.{{parts[^1]}}: DefaultJob","Namespace":"{{string.Join('.', parts[..^2])}}","Type":"{{parts[^2]}}",
            "Method":"{{parts[^1]}}","Parameters":"","FullName":"{{benchmark.Name}}","Statistics":{{(benchmark.Launches == 0 ? "null"
                : "{}")}},
            "Measurements":[{{string.Join(',', rows)}}]{{memory}}}
            """;
    }
}
