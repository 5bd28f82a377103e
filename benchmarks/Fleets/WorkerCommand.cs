using System.CommandLine;
using Bench.Analysis.Fleets;
using Bench.Analysis.Input;
using Bench.CommandLine;

namespace Bench.Benchmarks.Fleets;

/// <summary><c>fleet-worker</c>: what a job of a fleet runs, and <c>fleet-check</c>, what a plan is checked with.</summary>
internal static class WorkerCommand
{
    /// <summary>The verb of workers.</summary>
    public const string Verb = "fleet-worker";

    /// <summary>The verb that says whether this program understands a plan.</summary>
    public const string CheckVerb = "fleet-check";

    /// <summary>A worker.</summary>
    /// <param name="work">Does a piece of work, and gives the exit code.</param>
    public static Command Create(Func<WorkerRequest, int> work)
    {
        var manifest = ManifestOption();
        var index = new Option<int>("--index") { Description = "The number of the piece of work.", Required = true, HelpName = "N" };
        var first = new Option<int>("--first")
        {
            Description = "What is added to it: the first number of a kind of machine, where an engine counts from 0.",
            HelpName = "N",
        };
        var output = new Option<string>("--output")
        {
            Description = "Where all workers leave what they measured.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command(Verb, "Does one piece of work of a fleet that bench fleet plan has planned. Exit codes: 0 done, or being "
            + "done elsewhere; 2 wrong usage; 4 failed; 5 this machine is not what the plan asks for, or not fit.")
        {
            manifest, index, first, output,
        };
        command.SetAction(result => Reported(() => work(new WorkerRequest(
            FleetManifest.Read(result.GetRequiredValue(manifest)), (long)result.GetValue(first) + result.GetRequiredValue(index),
            new FleetFolder(Path.GetFullPath(result.GetRequiredValue(output)))))));
        return command;
    }

    /// <summary>A check of a plan.</summary>
    /// <param name="faults">What is wrong with the arguments of a piece of work, a sentence each.</param>
    public static Command CreateCheck(Func<IReadOnlyList<string>, IEnumerable<string>> faults)
    {
        var manifest = ManifestOption();
        var command = new Command(CheckVerb, "Says whether this program understands a plan; bench fleet plan starts it.") { manifest };
        command.Hidden = true;
        command.SetAction(result => Reported(() =>
        {
            var plan = FleetManifest.Read(result.GetRequiredValue(manifest));
            var wrong = plan.Units.SelectMany(unit => faults(unit.Arguments)).Distinct().ToList();
            wrong.ForEach(Console.Error.WriteLine);
            return wrong.Count == 0 ? ExitCodes.Success : ExitCodes.WrongUsage;
        }));
        return command;
    }

    private static Option<string> ManifestOption() =>
        new("--manifest") { Description = "What bench fleet plan wrote.", Required = true, HelpName = "FILE" };

    /// <summary>A file that is missing or damaged, or a folder that cannot be written, in one line.</summary>
    private static int Reported(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is RunFormatException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.Incomplete;
        }
    }
}

/// <summary>What a worker is asked to do.</summary>
/// <param name="Manifest">The fleet.</param>
/// <param name="Index">The number of the piece of work.</param>
/// <param name="Output">Where all workers leave what they measured.</param>
internal sealed record WorkerRequest(FleetManifest Manifest, long Index, FleetFolder Output);
