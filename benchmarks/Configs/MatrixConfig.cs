using Bench.Analysis.Exports;
using Bench.Analysis.Measurements;
using Bench.Benchmarks.Inference;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Validators;
using Perfolizer.Mathematics.OutlierDetection;

namespace Bench.Benchmarks.Configs;

/// <summary>The one place that says how BenchmarkDotNet measures the matrix.</summary>
internal static class MatrixConfig
{
    private const int MaximumNameLength = 200;

    /// <summary>Makes the config: one job for each backend, precision and round; the model is a parameter.</summary>
    /// <param name="profile">How much is measured.</param>
    /// <param name="seed">Decides the order of launches.</param>
    /// <param name="exporters">What else is exported than JSON and markdown.</param>
    /// <param name="jobs">The backend, precision and platform of each combination, without rounds.</param>
    /// <param name="cellIds">The cells to measure; other combinations of job and model are left out.</param>
    /// <param name="artifactsPath">Where BenchmarkDotNet works.</param>
    /// <param name="toolchain">Builds and starts the processes.</param>
    /// <param name="logger">Receives everything that BenchmarkDotNet says.</param>
    public static IConfig Create(
        Profile profile,
        ulong seed,
        IReadOnlyList<IExporter> exporters,
        IEnumerable<JobName> jobs,
        IReadOnlySet<CellId> cellIds,
        string artifactsPath,
        IToolchain toolchain,
        ILogger logger)
    {
        var names = jobs.ToList();
        return ManualConfig.CreateEmpty()
            .WithArtifactsPath(artifactsPath)
            .WithOrderer(new LaunchOrderer(seed))
            .WithOptions(ConfigOptions.DisableLogFile)
            // Longer names would be cut, and the cell they belong to would not be recognised.
            .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(MaximumNameLength))
            .AddLogger(logger)
            .AddColumnProvider(DefaultColumnProviders.Descriptor, DefaultColumnProviders.Params, DefaultColumnProviders.Statistics)
            .AddColumn(JobCharacteristicColumn.AllColumns.First(column => column.ColumnName == "Job"))
            .AddExporter([JsonExporter.Full, MarkdownExporter.GitHub, .. exporters])
            .AddValidator(JitOptimizationsValidator.FailOnError)
            .AddFilter(new SimpleFilter(
                benchmark => JobName.TryParse(benchmark.DisplayInfo, out var job, out var model) && cellIds.Contains(job.CellId(model))))
            .AddJob([.. Enumerable.Range(1, profile.Rounds).SelectMany(
                round => names.Select(name => CreateJob(profile, name with { Round = round }, toolchain)))]);
    }

    /// <summary>The job of a launch's own process, for BenchmarkDotNet's engine.</summary>
    /// <param name="plan">How much is measured.</param>
    /// <param name="name">The job.</param>
    public static Job JobOfLaunch(LaunchPlan plan, JobName name) =>
        Measure(new Job(name.ToString()), plan.WarmupIterations, plan.Iterations).Freeze();

    private static Job CreateJob(Profile profile, JobName name, IToolchain toolchain) => Measure(
        new Job(name.ToString()), profile.WarmupIterations, profile.Iterations)
        .WithToolchain(toolchain)
        // Otherwise .NET compiles the harness anew in the background, some 70 iterations long, and takes a core from the engine: on two
        // cores ten of 141 iterations took half as long again, always the same ones, and the mean was 5 % too high.
        .WithEnvironmentVariables(new EnvironmentVariable("DOTNET_TieredCompilation", "0"));

    private static Job Measure(Job job, int warmupIterations, int iterations) => job
        .WithRuntime(CoreRuntime.CreateForNewVersion("net10.0", ".NET 10.0"))
        // Every iteration is one operation, so that every single latency is kept.
        .WithStrategy(RunStrategy.Monitoring)
        .WithLaunchCount(1)
        .WithWarmupCount(warmupIterations)
        .WithIterationCount(iterations)
        .WithInvocationCount(1)
        .WithUnrollFactor(1)
        // No figure is corrected or dropped afterwards, and nothing is collected between iterations.
        .WithEvaluateOverhead(false)
        .WithOutlierMode(OutlierMode.DontRemove)
        .WithGcForce(false);
}
