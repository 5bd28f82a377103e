using System.CommandLine;
using Bench.Analysis.Comparison;
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
        var shared = new SharedOptions();
        var format = new Option<string>("--format") { Description = "markdown or json.", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "json");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var command = new Command("compare", "Puts two runs, or cells of one run, side by side: faster, same, not slower, "
            + "slower or inconclusive for each cell. The exit code says only whether there was something to compare; see gate.")
        {
            runs, format, json,
        };
        shared.AddTo(command);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var (baseline, current) = SharedOptions.Sides("compare", result.GetRequiredValue(runs));
            var report = Comparer.Compare(baseline, current, shared.Read(result));
            var asJson = result.GetValue(json) || result.GetValue(format) == "json";
            result.InvocationConfiguration.Output.Write(asJson ? JsonComparison.Write(report)
                : MarkdownComparison.Write(report, shared.PrintsAll(result)));
            return report.Cells.Count > 0 ? ExitCodes.Success : ExitCodes.Incomplete;
        }));
        return command;
    }
}
