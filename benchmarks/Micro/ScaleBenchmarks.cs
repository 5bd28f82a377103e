using System.Diagnostics;
using Bench.Arrays.Npy;
using Bench.Benchmarks.Host;
using Bench.Models.Data;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

namespace Bench.Benchmarks.Micro;

/// <summary>
/// <c>bench</c> as a process on what is as large as people will bring: a run of 1,000 cells with 5,000 latencies each, and a million pairs.
/// The peak of the process's memory is printed. <c>dotnet run -c Release --project benchmarks -- --micro -- --filter '*Scale*'</c>.
/// </summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 5)]
public class ScaleBenchmarks
{
    private const int Pairs = 1_000_000;
    private const long BytesPerMegabyte = 1_000_000;
    private const int MillisecondsBetweenLooks = 20;

    private string _folder = string.Empty;
    private string _program = string.Empty;

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("bench-scale-").FullName;
        LargeRun.Write(Path.Combine(_folder, "run"), models: 10, backends: 100, launches: 5, iterations: 1000, images: 1000);
        foreach (var (name, seed) in new[] { ("first", 1), ("second", 2) })
        {
            var random = new SeededRandom((ulong)seed);
            NpyArray.FromSingles([.. Enumerable.Range(0, Pairs).Select(_ => (float)random.NextNormal())], Pairs)
                .Write(Path.Combine(_folder, name + ".npy"));
        }

        // The models lie in the repository's root.
        var project = Path.Combine(Path.GetDirectoryName(BenchPaths.Find().Models)!, "src", "Bench.Cli");
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "--nologo", "-v", "quiet"]))!;
        build.WaitForExit();
        _program = Path.Combine(project, "bin", "Release", "net10.0", "bench.dll");
        if (build.ExitCode != 0 || !File.Exists(_program))
        {
            throw new InvalidOperationException($"{project} could not be built; found no {_program}.");
        }
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public int Report() => Run("report", Path.Combine(_folder, "run"));

    [Benchmark]
    public int Decide() => Run("decide", Path.Combine(_folder, "run"), "--limit", "50ms");

    [Benchmark]
    public int EquivalenceOfAMillionPairs() =>
        Run("equivalence", Path.Combine(_folder, "first.npy"), Path.Combine(_folder, "second.npy"), "--margin", "10");

    private static long PeakOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended in the meantime.
            return 0;
        }
    }

    private int Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [_program, .. arguments]) { RedirectStandardOutput = true })!;
        var written = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(MillisecondsBetweenLooks))
        {
            peak = Math.Max(peak, PeakOf(process));
        }

        if (process.ExitCode is not (0 or 1 or 3) || written.Result.Length == 0)
        {
            throw new InvalidOperationException(
                $"bench {string.Join(' ', arguments)} ended with {process.ExitCode} after {written.Result.Length} characters.");
        }

        Console.WriteLine($"// bench {arguments[0]}: peak of {peak / BytesPerMegabyte} MB");
        return process.ExitCode;
    }
}
