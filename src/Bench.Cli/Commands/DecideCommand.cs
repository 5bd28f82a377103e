using System.CommandLine;
using Bench.Analysis.Consoles;
using Bench.Analysis.Decision;
using Bench.Analysis.Months;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.CommandLine;
using Bench.Pictures.Page;

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
        var month = new MonthOptions();
        var cost = new CostOptions();
        var pictures = new PictureOptions();
        var models = new Option<string?>("--models", "--model")
        {
            Description = "Only these models, by name. [default: all of the runs]",
            HelpName = "NAMES",
        };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of the console.", HelpName = "FILE" };
        var format = new FormatOption();
        var command = new Command("decide", "Names the cheapest acceptable choice for a time limit, and for every other. "
            + "Exit code 0: there is a choice for every model; 1: no solution; 3: undecided; 4: the runs cannot be put into one decision.")
        {
            runs
        };
        month.AddTo(command);
        decision.AddTo(command);
        price.AddTo(command);
        cost.AddTo(command);
        pictures.AddTo(command);
        command.Options.Add(models);
        command.Options.Add(output);
        format.AddTo(command);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var options = decision.Read(result, cost.Read(result));
            var demand = month.Read(result, options);
            var hasPictures = pictures.AreAskedFor(result);
            var read = DecisionBuilder.Read(
                [.. result.GetRequiredValue(runs).Select(run => new RunFolder(run))], price.Read(result), options);
            price.SayUnused(result, read);
            var report = Only(ReportBuilder.Build(read, options.Cost), result.GetValue(models));
            var decisions = DecisionBuilder.Build(read, report.Models, options);
            var months = demand is null ? [] : Months(report, decisions, demand);
            var width = Terminal.Width(result.InvocationConfiguration.Output);
            var text = format.Read(result, result.GetValue(output)) switch
            {
                TextFormat.Json => months.Count == 0 ? JsonDecision.Write(decisions) : JsonMonth.Write(months),
                TextFormat.Markdown when months.Count == 0 => MarkdownDecision.Write(decisions, options.Cost),
                TextFormat.Markdown => $"{MarkdownMonth.Write(months)}\n{MarkdownDecision.Write(decisions, options.Cost)}",
                _ => months.Count == 0 ? ConsoleDecision.Write(decisions, width) : ConsoleMonth.Write(months, width),
            };
            OutputText.Write(text, result.GetValue(output), result.InvocationConfiguration.Output);
            if (hasPictures)
            {
                IReadOnlyList<ModelDecision> By(LatencyQuantile quantile) => quantile == options.Quantile
                    ? decisions
                    : DecisionBuilder.Build(
                        read, report.Models, options with { Quantile = quantile, Draws = DecisionOptions.FewestDraws });
                var demands = months.ToDictionary(month => month.Model, month => month.Demand);
                pictures.Write(result, read, report, decisions, () => PageContent.Of(
                    read, report, By, new PageQuestion(options.Quantile, options.LimitMs, options.Cost, demands)));
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

            return demand is null ? ExitCode(decisions) : ExitCode(decisions, months.Select(planned => planned.Outcome));
        }));
        return command;
    }

    private static Report Only(Report report, string? names)
    {
        if (names is null)
        {
            return report;
        }

        var asked = names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = asked.Except(report.Models.Select(model => model.Id)).ToList();
        return asked.Length == 0 || unknown.Count > 0
            ? throw new ArgumentException($"--models: found '{string.Join(',', asked.Length == 0 ? [names] : unknown)}'; "
                + $"expected some of {string.Join(", ", report.Models.Select(model => model.Id))}.")
            : report with { Models = [.. report.Models.Where(model => asked.Contains(model.Id))] };
    }

    private static List<MonthDecision> Months(
        Report report, IReadOnlyList<ModelDecision> decisions, Func<ModelReport, Demand> demand) =>
        [.. decisions.Select(decision => MonthBuilder.Build(decision, demand(report.Models.Single(model => model.Id == decision.Model))))];

    private static int ExitCode(IReadOnlyList<ModelDecision> decisions) =>
        ExitCode(decisions, decisions.Select(decision => decision.Outcome));

    private static int ExitCode(IReadOnlyList<ModelDecision> decisions, IEnumerable<DecisionOutcome> outcomes) =>
        decisions.Count == 0 || decisions.Any(decision => decision.Candidates.Count == 0) ? ExitCodes.Incomplete
        : outcomes.Contains(DecisionOutcome.Undecided) ? ExitCodes.Inconclusive
        : outcomes.Contains(DecisionOutcome.NoSolution) ? ExitCodes.Regression
        : ExitCodes.Success;
}
