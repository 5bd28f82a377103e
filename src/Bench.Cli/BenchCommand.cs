using System.CommandLine;
using Bench.Cli.Commands;

namespace Bench.Cli;

/// <summary>The command <c>bench</c>: parses, calls, prints, and sets the exit code.</summary>
internal static class BenchCommand
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Reads what benchmark runs left behind.")
        {
            ReportCommand.Create(), CompareCommand.Create(), GateCommand.Create(), NoiseCommand.Create(), EquivalenceCommand.Create(), PricesCommand.Create(), DecideCommand.Create(), PaperCommand.Create(),
        };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                error.WriteLine($"{problem.Message} See --help.");
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
            return ExitCodes.BadInput;
        }
    }
}
