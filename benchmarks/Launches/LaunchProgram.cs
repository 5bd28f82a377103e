using System.Diagnostics;
using System.Globalization;
using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Processes;
using Bench.CommandLine;

namespace Bench.Benchmarks.Launches;

/// <summary>What a process that measures, or looks before it is measured, is asked to do.</summary>
/// <param name="PlanPath">The path of the <see cref="LaunchPlan"/>.</param>
/// <param name="Measurement">What is measured.</param>
/// <param name="Round">The round, from 1; 0 to inspect the cell.</param>
internal sealed record LaunchRequest(string PlanPath, MeasurementId Measurement, int Round);

/// <summary>One launch: this program, started again for one measurement and round. It writes what it measured into the run's folder; how
/// far it is goes to standard output, line by line.</summary>
internal static class LaunchProgram
{
    /// <summary>The name of the hidden command that measures.</summary>
    public const string Verb = "launch";

    /// <summary>The name of the hidden command that looks at a cell before it is measured.</summary>
    public const string InspectionVerb = "inspect";

    /// <summary>The command that starts a launch, or an inspection: how long the engine builds is timed there.</summary>
    public static ProcessStartInfo Command(LaunchRequest request) => SelfProgram.Timed(
        request.Round == 0 ? InspectionVerb : Verb, request.PlanPath, request.Measurement.ToString(),
        request.Round.ToString(CultureInfo.InvariantCulture));

    /// <returns>0 only if everything was measured.</returns>
    public static int Run(LaunchRequest request)
    {
        ChildProcess.EndWithParent();
        // Not through the console, which may put colours between the lines.
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var plan = LaunchPlan.Read(request.PlanPath);
        var started = DateTimeOffset.UtcNow;
        try
        {
            if (request.Round == 0)
            {
                Inspection.Run(plan, request.Measurement.Cell);
            }
            else
            {
                Measure(plan, new LaunchName(request.Measurement, request.Round), output);
            }

            return ExitCodes.Success;
        }
        catch (Exception e)
        {
            // With its stack for the log; the record has the sentence.
            output.WriteLine(e);
            if (e is not OperationCanceledException)
            {
                GiveUp(plan, request, started, LaunchFailures.Of(e));
            }

            return ExitCodes.Incomplete;
        }
    }

    private static void Measure(LaunchPlan plan, LaunchName name, TextWriter output)
    {
        using var launch = new Launch(plan, name);
        launch.Start();
        launch.WarmUp();
        launch.Finish(!name.Measurement.Load.IsClosed ? OpenEngine.Measure(launch, plan, name, output)
            : launch.Streams.Count == 1 ? LaunchEngine.Measure(launch, name.ToString(), output)
            : StreamsEngine.Measure(launch, output));
    }

    private static void GiveUp(LaunchPlan plan, LaunchRequest request, DateTimeOffset started, LaunchFailure failure)
    {
        var launches = new RunFolder(plan.RunPath).Launches;
        if (request.Round == 0)
        {
            launches.Write(new InspectionRecord { Cell = request.Measurement.Cell, Failure = failure });
            return;
        }

        launches.Write(LaunchFailures.Record(new LaunchName(request.Measurement, request.Round), started, failure), []);
    }
}
