using System.CommandLine;
using Bench.Analysis.Decision;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench decide RUN…</c>: the cheapest choice for a time limit.</summary>
internal static class DecideCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Run folders, one or more for each machine, for example artifacts/runs/*.",
            Arity = ArgumentArity.OneOrMore,
        };
        var decision = new DecisionChoices();
        var price = new PriceOptions();
        var cost = new CostOptions();
        var pictures = new PictureOptions();
        var output = new Option<string?>("--output") { Description = "Write to this file instead of the console.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of markdown." };
        var command = new Command("decide", "Names the cheapest acceptable choice for a time limit, and for every other. "
            + "Exit code 0: there is a choice for every model; 1: no solution; 3: undecided; 4: the runs cannot be put into one decision.")
        {
            runs
        };
        decision.AddTo(command);
        price.AddTo(command);
        cost.AddTo(command);
        pictures.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(json);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var options = decision.Read(result, cost.Read(result));
            var hasPictures = pictures.AreAskedFor(result);
            var read = DecisionBuilder.Read(
                [.. result.GetRequiredValue(runs).Select(run => new RunFolder(run))], price.Read(result), options);
            var report = ReportBuilder.Build(read, options.Cost);
            var decisions = DecisionBuilder.Build(read, report.Models, options);
            OutputText.Write(result.GetValue(json) ? JsonDecision.Write(decisions) : MarkdownDecision.Write(decisions, options.Cost),
                result.GetValue(output), result.InvocationConfiguration.Output);
            if (hasPictures)
            {
                pictures.Write(result, read, report, decisions, null);
            }

            foreach (var empty in decisions.Where(decision => decision.Candidates.Count == 0))
            {
                result.InvocationConfiguration.Error.WriteLine($"{empty.Model}: found no cell with a time and a price; "
                    + "expected at least one. bench report says why each was not measured.");
            }

            if (decisions.Count == 0)
            {
                result.InvocationConfiguration.Error.WriteLine(
                    "Found no model in these runs; expected at least one. Nothing was measured.");
            }

            return ExitCode(decisions);
        }));
        return command;
    }

    private static int ExitCode(IReadOnlyList<ModelDecision> decisions) =>
        decisions.Count == 0 || decisions.Any(decision => decision.Candidates.Count == 0) ? ExitCodes.Incomplete
        : decisions.Any(decision => decision.Outcome == DecisionOutcome.Undecided) ? ExitCodes.Inconclusive
        : decisions.Any(decision => decision.Outcome == DecisionOutcome.NoSolution) ? ExitCodes.Regression
        : ExitCodes.Success;
}
