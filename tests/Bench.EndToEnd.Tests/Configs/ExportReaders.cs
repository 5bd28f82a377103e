using System.Text.Json;

namespace Bench.EndToEnd.Tests.Configs;

/// <summary>A full JSON of BenchmarkDotNet, as tools of others read it. What they call a benchmark, and which members they need, was taken
/// from their sources; nothing of these is here.</summary>
internal static class ExportReaders
{
    /// <summary>A series of a tracker: its name, and the point that this export adds to it.</summary>
    public sealed record Point(string Name, double Nanoseconds, double Spread);

    /// <summary>github-action-benchmark, src/extract.ts: FullName, Statistics.Mean, and Statistics.StandardDeviation
    /// for the range.</summary>
    public static IReadOnlyList<Point> GitHubActionBenchmark(string json) =>
    [
        .. Benchmarks(json).Select(benchmark => new Point(
            benchmark.GetProperty("FullName").GetString()!,
            Statistic(benchmark, "Mean"),
            Statistic(benchmark, "StandardDeviation"))),
    ];

    /// <summary>Bencher, lib/bencher_adapter/src/adapters/c_sharp/dot_net.rs: Namespace and Method; four statistics must be numbers, and
    /// HostEnvironmentInfo must be there. A name has at most 1024 characters.</summary>
    public static IReadOnlyList<Point> Bencher(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.That(document.RootElement.TryGetProperty("HostEnvironmentInfo", out _));
        List<Point> points =
        [
            .. Benchmarks(json).Select(benchmark =>
            {
                Assert.That(Statistic(benchmark, "Median"), Is.Positive);
                Assert.That(Statistic(benchmark, "InterquartileRange"), Is.Not.Negative);
                return new Point(
                    $"{benchmark.GetProperty("Namespace").GetString()}.{benchmark.GetProperty("Method").GetString()}",
                    Statistic(benchmark, "Mean"),
                    Statistic(benchmark, "StandardDeviation"));
            }),
        ];
        Assert.That(points.Select(point => point.Name.Length), Has.All.LessThanOrEqualTo(1024));
        return points;
    }

    /// <summary>dotnet/performance, src/tools/ResultsComparer: FullName is the key of a dictionary, so that it must be there once; the
    /// values are the measurements of the stage Result.</summary>
    public static IReadOnlyDictionary<string, double[]> ResultsComparer(string json) => Benchmarks(json).ToDictionary(
        benchmark => benchmark.GetProperty("FullName").GetString()!,
        benchmark => benchmark.GetProperty("Measurements").EnumerateArray()
            .Where(measurement => measurement.GetProperty("IterationStage").GetString() == "Result")
            .Select(measurement => measurement.GetProperty("Nanoseconds").GetDouble() / measurement.GetProperty("Operations").GetInt64())
            .ToArray());

    public static IReadOnlyList<JsonElement> Benchmarks(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.GetProperty("Benchmarks").EnumerateArray().Select(benchmark => benchmark.Clone())];
    }

    private static double Statistic(JsonElement benchmark, string name) =>
        benchmark.GetProperty("Statistics").GetProperty(name).GetDouble();
}
