using System.CommandLine;
using System.Text;
using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Rendering;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench noise RUN RUN RUN…</c>: how runs of the same code differ on a machine.</summary>
internal static class NoiseCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "Runs of the same code on the same machine, three or more, better eight, spread over days.",
            Arity = ArgumentArity.OneOrMore,
        };
        var control = new Option<string?>("--control")
        {
            Description = "Cells that cannot have changed, as for gate: what is left once their changes are taken out is measured too.",
            HelpName = "PATTERN",
        };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of the console.", HelpName = "FILE" };
        var command =
            new Command("noise", "Measures how runs of the same code differ on this machine, for gate --noise.") { runs, control, output };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var paths = result.GetRequiredValue(runs);
            var options = new ComparisonOptions { Control = result.GetValue(control), Price = new RunPrice(PriceCatalogue.BuiltIn()) };
            var noise = NoiseCalibration.Of(paths, options);
            OutputText.Write(noise.ToJson(), result.GetValue(output), result.InvocationConfiguration.Output);
            var said = new StringBuilder();
            ConsoleText.WriteTo(said, string.Empty, noise.Describe(), 0, Terminal.WidthForLines(result.InvocationConfiguration.Error));
            result.InvocationConfiguration.Error.Write(said.ToString());
            if (paths.Length < NoiseFile.SensibleRuns)
            {
                result.InvocationConfiguration.Error.WriteLine(
                    $"{paths.Length} runs give wide intervals; {NoiseFile.SensibleRuns} or more are better.");
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
