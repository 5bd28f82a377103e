using System.CommandLine;
using Bench.Cli.Commands;
using Bench.Cli.Measuring;
using Bench.CommandLine;

namespace Bench.Cli;

/// <summary>The command <c>bench</c>: parses, calls, prints, and sets the exit code.</summary>
internal static class BenchCommand
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = Create();
        if (arguments.Count == 0)
        {
            // The first thing that many people type.
            root.Parse("--help").Invoke(new InvocationConfiguration { Output = error });
            return ExitCodes.WrongUsage;
        }

        if (MeasuringVerbs.Takes(arguments))
        {
            return MeasuringVerbs.Run(arguments, error);
        }

        var parsed = root.Parse(arguments);
        if (UsageErrors.Of(parsed, BenchmarkDotNetWords.Hints) is { Count: > 0 } faults)
        {
            foreach (var fault in faults)
            {
                error.WriteLine(fault);
            }

            return ExitCodes.WrongUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            // Whatever was not foreseen: one line all the same, and never 0.
            error.WriteLine($"{e.GetType().Name}: {e.Message}");
            return ExitCodes.Incomplete;
        }
    }

    /// <summary>The command with all its verbs, each with its examples.</summary>
    internal static RootCommand Create()
    {
        var root = new RootCommand(
            "What a neural network costs on this machine and on others: measures, reports, compares, gates, and says what to buy.")
        {
            ReportCommand.Create(),
            CompareCommand.Create(),
            GateCommand.Create(),
            NoiseCommand.Create(),
            EquivalenceCommand.Create(),
            PricesCommand.Create(),
            DecideCommand.Create(),
            PaperCommand.Create(),
            TrimCommand.Create(),
            FleetCommand.Create(),
        };
        foreach (var verb in MeasuringVerbs.Create())
        {
            root.Subcommands.Add(verb);
        }

        HelpWithExamples.AddTo(root);
        root.WithExamples(VerbExamples.OfProgram);
        foreach (var verb in root.Subcommands)
        {
            verb.WithExamples(VerbExamples.Of(verb.Name));
        }

        return root;
    }
}
