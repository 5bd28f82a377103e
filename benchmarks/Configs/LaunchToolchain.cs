using System.Diagnostics;
using Bench.Benchmarks.Engines;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Parameters;
using BenchmarkDotNet.Toolchains.Results;

namespace Bench.Benchmarks.Configs;

/// <summary>Hears when a process starts and ends.</summary>
internal interface ILaunchWatcher
{
    /// <summary>A launch is about to start.</summary>
    /// <returns>False to skip it, because the user wants to stop or the cell has failed before.</returns>
    bool Starting(BenchmarkCase benchmark);

    /// <summary>A timed inference has ended.</summary>
    /// <param name="milliseconds">How long it took.</param>
    void Measured(double milliseconds);

    /// <summary>The engine has written a line to standard error. Comes on any thread.</summary>
    void Complained(BenchmarkCase benchmark, string line);

    void Ended(BenchmarkCase benchmark, ExecuteResult result);
}

/// <summary>
/// A process per launch: this very program, started again. BenchmarkDotNet's own toolchain generates and builds a program first, which
/// needs the SDK and the sources; this one works from a published folder too, on a machine that has neither.
/// </summary>
internal sealed class LaunchToolchain : Toolchain
{
    private LaunchToolchain(IExecutor executor)
        : base("Launch", NothingToBuild.Instance, NothingToBuild.Instance, executor)
    {
    }

    /// <param name="start">The command of a launch.</param>
    /// <param name="watcher">Hears of all launches.</param>
    /// <param name="cancellation">After it a launch gets a short time to end by itself.</param>
    public static LaunchToolchain Create(
        Func<BenchmarkCase, ProcessStartInfo> start, ILaunchWatcher watcher, CancellationToken cancellation) =>
            new(new ProcessExecutor(start, watcher, cancellation));

    private sealed class ProcessExecutor(
        Func<BenchmarkCase, ProcessStartInfo> command, ILaunchWatcher watcher, CancellationToken cancellation) : IExecutor
    {
        private const int LastWordsKept = 10;
        private const string TimedInference = "WorkloadActual";
        private const double NanosecondsPerMillisecond = 1e6;

        public ExecuteResult Execute(ExecuteParameters executeParameters)
        {
            var benchmark = executeParameters.BenchmarkCase;
            if (!watcher.Starting(benchmark))
            {
                return new ExecuteResult(true, 1, null, [], [], [], executeParameters.LaunchIndex);
            }

            var result = Launch(benchmark, executeParameters);
            watcher.Ended(benchmark, result);
            return result;
        }

        private ExecuteResult Launch(BenchmarkCase benchmark, ExecuteParameters parameters)
        {
            var start = command(benchmark);
            start.RedirectStandardInput = true;
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            foreach (var variable in benchmark.Job.Environment.EnvironmentVariables ?? [])
            {
                start.Environment[variable.Key] = variable.Value;
            }

            List<string> results = [], comments = [], lastWords = [];
            using var process = new Process { StartInfo = start };
            // The engine's own words: a crash leaves nothing else.
            process.ErrorDataReceived += (_, line) =>
            {
                Keep(line.Data, lastWords);
                if (line.Data is { } said)
                {
                    watcher.Complained(benchmark, said);
                }
            };
            // At the priority that the program has: BenchmarkDotNet's own toolchains raise it where they may, so that root would measure
            // something else than others.
            process.Start();
            using var watchdog = new Watchdog(process, cancellation);
            try
            {
                process.BeginErrorReadLine();
                while (process.StandardOutput.ReadLine() is { } line)
                {
                    watchdog.Sign();
                    Keep(line, IsMeasurement(line) ? results : comments);
                    if (line.StartsWith(TimedInference, StringComparison.Ordinal))
                    {
                        watcher.Measured(Measurement.Parse(line, 0).Nanoseconds / NanosecondsPerMillisecond);
                    }
                }

                process.WaitForExit();
            }
            finally
            {
                // Whatever went wrong here must not leave an engine behind that disturbs the next measurement.
                ChildProcess.Kill(process);
            }

            if (watchdog.Complaint is { } complaint)
            {
                lastWords.Add(complaint);
            }

            return new ExecuteResult(
                true, process.ExitCode, process.Id, results, comments, [.. lastWords.TakeLast(LastWordsKept)], parameters.LaunchIndex);

            void Keep(string? line, List<string> kind)
            {
                if (line is not null)
                {
                    lock (results)
                    {
                        kind.Add(line);
                        parameters.Logger.WriteLine(line);
                    }
                }
            }
        }

        // "WorkloadActual  1: 1 op, 26270000.00 ns, …"; everything else is talk.
        private static bool IsMeasurement(string line) =>
            line.StartsWith("Workload", StringComparison.Ordinal) || line.StartsWith("Overhead", StringComparison.Ordinal);
    }

    private sealed class NothingToBuild : IGenerator, IBuilder
    {
        public static readonly NothingToBuild Instance = new();

        public GenerateResult GenerateProject(BuildPartition buildPartition, ILogger logger, string rootArtifactsFolderPath) =>
            GenerateResult.Success(ArtifactsPaths.Empty, []);

        public BuildResult Build(GenerateResult generateResult, BuildPartition buildPartition, ILogger logger) =>
            BuildResult.Success(generateResult);
    }
}
