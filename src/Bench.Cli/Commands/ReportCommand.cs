using System.CommandLine;
using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Input;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.CommandLine;
using Bench.Pictures.Page;

namespace Bench.Cli.Commands;

/// <summary><c>bench report RUN…</c>: one report from one or many run folders.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var runs =
            new Argument<string[]>("RUN") { Description = "Run folders, for example artifacts/runs/*.", Arity = ArgumentArity.OneOrMore };
        var price = new PriceOptions();
        var cost = new CostOptions();
        var pictures = new PictureOptions();
        var format = new FormatOption(TextFormat.Markdown);
        var output = new Option<string?>("--output") { Description = "Write to this file instead of the console.", HelpName = "FILE" };
        var command = new Command("report", "Makes one report from one or many run folders.") { runs };
        price.AddTo(command);
        cost.AddTo(command);
        pictures.AddTo(command);
        format.AddTo(command);
        command.Options.Add(output);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var model = cost.Read(result);
            var hasPictures = pictures.AreAskedFor(result);
            var read = PricedRun.Read([.. result.GetRequiredValue(runs).Select(run => new RunFolder(run))], price.Read(result));
            price.SayUnused(result, read);
            var report = ReportBuilder.Build(read, model);
            var asked = format.Read(result, result.GetValue(output));
            var answers = asked == TextFormat.Json ? [] : ReportAnswers.Decisions(read, report);
            var text = asked switch
            {
                TextFormat.Json => JsonReport.Write(report),
                TextFormat.Console => ConsoleReport.Write(report, answers, width: Terminal.Width(result.InvocationConfiguration.Output)),
                _ => MarkdownReport.Write(report, ReportAnswers.Of(report, answers)),
            };
            OutputText.Write(text, result.GetValue(output), result.InvocationConfiguration.Output);
            if (hasPictures)
            {
                IReadOnlyList<ModelDecision> By(LatencyQuantile quantile) => Decide(read, report, model, quantile).Decisions;
                var (decisions, whyNot) = Decide(read, report, model, LatencyQuantile.P90);
                var shown = decisions.Any(PageContent.IsKnown) ? decisions : By(LatencyQuantile.Mean);
                pictures.Write(result, read, report, shown, () => whyNot is null
                    ? PageContent.Of(read, report, By, PageQuestion.Open(model))
                    : PageContent.Undecided(read, report, whyNot));
            }

            return report.IsComplete ? ExitCodes.Success : ExitCodes.Incomplete;
        }));
        return command;
    }

    // A report is one of whatever there is; that nothing can be decided from it is said, and no reason to have no pictures.
    private static (IReadOnlyList<ModelDecision> Decisions, string? WhyNot) Decide(
        IReadOnlyList<PricedRun> runs, Report report, CostModel cost, LatencyQuantile quantile)
    {
        try
        {
            return (DecisionBuilder.Build(runs, report.Models, new DecisionOptions { Cost = cost, Quantile = quantile }), null);
        }
        catch (RunFormatException e)
        {
            return ([], e.Message);
        }
    }
}
