using System.CommandLine;
using Bench.Analysis.Cost;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;

namespace Bench.Cli.Commands;

/// <summary><c>bench report RUN…</c>: one report from one or many run folders.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN") { Description = "Run folders, for example artifacts/runs/*.", Arity = ArgumentArity.OneOrMore };
        var price = new PriceOptions();
        var cost = new CostOptions();
        var json = new Option<bool>("--json") { Description = "Print JSON instead of markdown." };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of the console." };
        var command = new Command("report", "Makes one report from one or many run folders.") { runs };
        price.AddTo(command);
        cost.AddTo(command);
        command.Options.Add(json);
        command.Options.Add(output);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () => Execute(
            result.GetRequiredValue(runs),
            price.Read(result),
            cost.Read(result),
            result.GetValue(json),
            result.GetValue(output),
            result.InvocationConfiguration.Output)));
        return command;
    }

    private static int Execute(string[] runs, RunPrice price, CostModel cost, bool asJson, string? outputPath, TextWriter output)
    {
        var report = ReportBuilder.Build([.. runs.Select(run => new RunFolder(run))], price, cost);
        OutputText.Write(asJson ? JsonReport.Write(report) : MarkdownReport.Write(report), outputPath, output);
        return report.IsComplete ? ExitCodes.Success : ExitCodes.BadInput;
    }
}
