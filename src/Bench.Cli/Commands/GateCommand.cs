using System.CommandLine;
using Bench.Analysis.Comparison;
using Bench.Analysis.Consoles;
using Bench.Analysis.Gate;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench gate BASE CURRENT</c>: whether a run may pass, as an exit code.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "BASE CURRENT: run folders or exports of BenchmarkDotNet, as for compare; "
                + "or one RUN with --base-cell and --current-cell.",
            Arity = ArgumentArity.OneOrMore,
        };
        var rules =
            new Option<string?>("--rules") { Description = "A JSON file with thresholds of its own for some cells.", HelpName = "FILE" };
        var noise = new Option<string?>("--noise")
        {
            Description = "How runs of the same code differ on this machine, from bench noise.",
            HelpName = "FILE",
        };
        var accept = new Option<bool>("--accept")
        {
            Description = "Put a copy of CURRENT, a run or exports, in BASE's place if it passes, or if there is no BASE yet or an empty "
                + "folder. The only way to update a reference; "
                + "what is dirty, failed or regressed is refused.",
        };
        var asFirst = new Option<bool>("--as-first") { Description = "With --accept: count small losses anew from this reference on." };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of the console.", HelpName = "FILE" };
        var format = new FormatOption();
        var shared = new SharedOptions();
        var command = new Command("gate", "Passes a run that is shown not to be worse. "
            + "Exit code 0: passed; 1: regression; 3: inconclusive; 4: a cell is missing or failed, or the runs cannot be compared.")
        {
            runs, rules, noise, accept, asFirst, output,
        };
        format.AddTo(command);
        shared.AddTo(command);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var (baseline, current) = SharedOptions.Sides("gate", result.GetRequiredValue(runs));
            var options = shared.Read(result);
            var isAccepting = result.GetValue(accept);
            if ((isAccepting && current is null) || (result.GetValue(asFirst) && !isAccepting))
            {
                throw new ArgumentException(current is null
                    ? "gate --accept: expected BASE and CURRENT; cells of one run have no reference."
                    : "gate --as-first: expected --accept beside it.");
            }

            if (isAccepting && options.Filter is not null)
            {
                throw new ArgumentException(
                    "gate --accept: found --filter; expected none, because all of CURRENT would take BASE's place.");
            }

            var given = result.GetValue(rules) is { } file ? GateRules.Read(file) : GateRules.Standard;
            given = shared.HasThreshold(result) ? given with { Defaults = given.Defaults with { Threshold = options.Threshold } } : given;
            GateReport Gate() => RegressionGate.Check(baseline, current, options, given, result.GetValue(noise));
            int Print(GateReport report)
            {
                var text = format.Read(result, result.GetValue(output)) switch
                {
                    TextFormat.Json => JsonGate.Write(report),
                    TextFormat.Markdown => MarkdownGate.Write(report, shared.PrintsAll(result)),
                    _ => ConsoleGate.Write(report, shared.PrintsAll(result), Terminal.Width(result.InvocationConfiguration.Output)),
                };
                OutputText.Write(text, result.GetValue(output), result.InvocationConfiguration.Output);
                if (result.GetValue(output) is { } written)
                {
                    result.InvocationConfiguration.Output.WriteLine($"Gate: {ConsoleGate.Title(report)}; written to {written}");
                }

                return Code(report.Outcome);
            }

            return !isAccepting ? Print(Gate()) : new Acceptance
            {
                BasePath = baseline,
                CurrentPath = current!,
                AsFirst = result.GetValue(asFirst),
                CheckNoise = () => _ = result.GetValue(noise) is { } noiseFile ? NoiseFile.Read(noiseFile) : null,
                Gate = Gate,
                Print = Print,
            }.Run(result.InvocationConfiguration.Error);
        }));
        return command;
    }

    private static int Code(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => ExitCodes.Success,
        GateOutcome.Regression => ExitCodes.Regression,
        GateOutcome.Inconclusive => ExitCodes.Inconclusive,
        _ => ExitCodes.Incomplete,
    };
}
