using System.Diagnostics;
using Bench.Analysis.Exports;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Engines;
using BenchmarkDotNet.Engines;

namespace Bench.Benchmarks.Inference;

/// <summary>Which launch a benchmark process is.</summary>
/// <param name="PlanPath">The path of the <see cref="LaunchPlan"/>.</param>
/// <param name="Job">The job's name: backend, precision, platform and round.</param>
/// <param name="Model">The model's name.</param>
internal sealed record LaunchRequest(string PlanPath, string Job, string Model);

/// <summary>One launch: this program, started again for one cell and round. What BenchmarkDotNet measures goes to standard output,
/// line by line.</summary>
internal static class LaunchProgram
{
    /// <summary>The name of the hidden command.</summary>
    public const string Verb = "launch";

    /// <summary>The launch that this process is; null in the host.</summary>
    public static LaunchRequest? Current { get; private set; }

    /// <summary>The command that starts a launch.</summary>
    public static ProcessStartInfo Command(LaunchRequest request) => SelfCommand(Verb, request.PlanPath, request.Job, request.Model);

    /// <summary>This very program with other arguments, started through <c>dotnet</c> if it was.</summary>
    public static ProcessStartInfo SelfCommand(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(
            program, isHost ? [Path.Combine(AppContext.BaseDirectory, "Bench.Benchmarks.dll"), .. arguments] : arguments);
    }

    /// <returns>0 only if everything was measured.</returns>
    public static int Run(LaunchRequest request)
    {
        ChildProcess.EndWithParent();
        Current = request;
        // Not through the console, which may put colours between the lines.
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        try
        {
            Measure(request, output);
            return Host.ExitCodes.Success;
        }
        catch (Exception e)
        {
            // Why is in the record; here it is for the log.
            output.WriteLine(e);
            return Host.ExitCodes.Incomplete;
        }
    }

    /// <summary>
    /// BenchmarkDotNet's engine, and only that: its runner would look the machine up, compile a type and write a summary, in every launch,
    /// which took longer than many a network. Both actions are the same because one operation is one invocation.
    /// </summary>
    private static void Measure(LaunchRequest request, TextWriter output)
    {
        var plan = LaunchPlan.Read(request.PlanPath);
        var host = new LaunchHost(output);
        var benchmark = new InferenceBenchmark { Model = request.Model };
        var parameters = new EngineParameters
        {
            Host = host,
            TargetJob = MatrixConfig.JobOfLaunch(plan, JobName.Parse(request.Job)),
            BenchmarkName = $"{request.Model} {request.Job}",
            OperationsPerInvoke = 1,
            GlobalSetupAction = benchmark.Setup,
            GlobalCleanupAction = benchmark.Cleanup,
            IterationSetupAction = benchmark.BeforeIteration,
            IterationCleanupAction = benchmark.AfterIteration,
            WorkloadActionNoUnroll = benchmark.Infer,
            WorkloadActionUnroll = benchmark.Infer,
            OverheadActionNoUnroll = static _ => { },
            OverheadActionUnroll = static _ => { },
            Dummy1Action = static () => { },
            Dummy2Action = static () => { },
            Dummy3Action = static () => { },
        };
        using var engine = new EngineFactory().CreateReadyToRun(parameters);
        host.ReportResults(engine.Run());
    }
}
