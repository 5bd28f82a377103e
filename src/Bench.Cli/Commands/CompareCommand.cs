using System.CommandLine;
using Bench.Analysis.Comparison;
using Bench.Analysis.Consoles;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench compare BASE CURRENT</c>: two runs side by side, with a verdict for each cell.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "BASE CURRENT, each a run folder, a JSON export of BenchmarkDotNet of any project, its *-report-github.md, "
                + "or a folder of exports; or one RUN with --base-cell and --current-cell.",
            Arity = ArgumentArity.OneOrMore,
        };
        var noise = new Option<string?>("--noise")
        {
            Description = "How runs of the same code differ on this machine, from bench noise.",
            HelpName = "FILE",
        };
        var shared = new SharedOptions();
        var format = new FormatOption();
        var command = new Command("compare", "Puts two runs, or cells of one run, side by side: faster, same, not slower, "
            + "slower or inconclusive for each cell. Exit code 0: there was something to compare, whatever came of it (gate judges); "
            + "4: there was not.")
        {
            runs, noise,
        };
        format.AddTo(command);
        shared.AddTo(command);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var (baseline, current) = SharedOptions.Sides("compare", result.GetRequiredValue(runs));
            var report = Comparer.Compare(baseline, current, shared.Read(result), result.GetValue(noise));
            result.InvocationConfiguration.Output.Write(format.Read(result) switch
            {
                TextFormat.Json => JsonComparison.Write(report),
                TextFormat.Markdown => MarkdownComparison.Write(report, shared.PrintsAll(result)),
                _ => ConsoleComparison.Write(report, shared.PrintsAll(result), Terminal.Width(result.InvocationConfiguration.Output)),
            });
            return report.Cells.Count > 0 && report.Differences.All(difference => !difference.BreaksComparison)
                ? ExitCodes.Success
                : ExitCodes.Incomplete;
        }));
        return command;
    }
}
