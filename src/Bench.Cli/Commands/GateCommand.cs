using System.CommandLine;
using Bench.Analysis.Gate;
using Bench.Analysis.Runs;

namespace Bench.Cli.Commands;

/// <summary><c>bench gate BASE CURRENT</c>: whether a run may pass, as an exit code.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUNS") { Description = "BASE CURRENT: run folders or exports of BenchmarkDotNet, as for compare. With --calibrate: RUN RUN …", Arity = ArgumentArity.OneOrMore };
        var rules = new Option<string?>("--rules") { Description = "A JSON file with thresholds of its own for some cells." };
        var noise = new Option<string?>("--noise") { Description = "The machine's noise floor, from --calibrate: no change below it is claimed." };
        var calibrate = new Option<bool>("--calibrate") { Description = "Turn repeated runs of the same code into the machine's noise floor." };
        var accept = new Option<bool>("--accept") { Description = "Put CURRENT in BASE's place if it passes. The only way to update a reference; a dirty, failed or regressed run is refused." };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of the console." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of markdown." };
        var shared = new SharedOptions();
        var command = new Command("gate", "Passes a run that is shown not to be worse. Exit code 0: passed; 1: regression; 3: inconclusive; 4: a cell is missing or failed, or the runs cannot be compared.")
        {
            runs, rules, noise, calibrate, accept, output, json,
        };
        shared.AddTo(command);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var paths = result.GetRequiredValue(runs);
            var options = shared.Read(result);
            void Print(string text) => OutputText.Write(text, result.GetValue(output), result.InvocationConfiguration.Output);
            if (result.GetValue(calibrate))
            {
                Print(NoiseFloor.Calibrate(paths, options).ToJson());
                if (paths.Length < NoiseFloor.SensibleRuns)
                {
                    result.InvocationConfiguration.Error.WriteLine($"{paths.Length} runs give a very wide floor; {NoiseFloor.SensibleRuns} or more are better.");
                }

                return ExitCodes.Success;
            }

            if (paths.Length != 2)
            {
                throw new ArgumentException($"gate: found {paths.Length} runs; expected BASE and CURRENT.");
            }

            var given = result.GetValue(rules) is { } file ? GateRules.Read(file) : GateRules.Standard;
            given = shared.HasThreshold(result) ? given with { Defaults = given.Defaults with { Threshold = options.Threshold, CostThreshold = options.Threshold } } : given;
            var gate = () => RegressionGate.Check(paths[0], paths[1], options, given, result.GetValue(noise));
            return result.GetValue(accept)
                ? Accept(paths[0], paths[1], gate, result.GetValue(json), Print, result.InvocationConfiguration)
                : Report(gate(), result.GetValue(json), Print);
        }));
        return command;
    }

    private static int Report(GateReport report, bool asJson, Action<string> print)
    {
        print(asJson ? JsonGate.Write(report) : MarkdownGate.Write(report));
        return report.Outcome switch
        {
            GateOutcome.Passed => ExitCodes.Success,
            GateOutcome.Regression => ExitCodes.Regression,
            GateOutcome.Inconclusive => ExitCodes.Inconclusive,
            _ => ExitCodes.BadInput,
        };
    }

    private static int Accept(string basePath, string currentPath, Func<GateReport> gate, bool asJson, Action<string> print, InvocationConfiguration console)
    {
        var (reference, run) = (new RunFolder(basePath), new RunFolder(currentPath));
        var objections = ReferenceRun.Objections(run);
        if (objections.Count > 0)
        {
            console.Error.WriteLine($"{currentPath} cannot become the reference: {string.Join(" ", objections)}");
            return ExitCodes.BadInput;
        }

        ReferenceRun.CheckPlaces(reference, run);
        if (Directory.Exists(basePath) || File.Exists(basePath))
        {
            reference.ReadManifest();
            var code = Report(gate(), asJson, print);
            if (code != ExitCodes.Success)
            {
                console.Error.WriteLine($"{currentPath} was not accepted; {basePath} is still the reference.");
                return code;
            }
        }

        ReferenceRun.Replace(reference, run, TimeProvider.System);
        console.Output.WriteLine($"Accepted: {basePath} is now {run.ReadManifest().Id}.");
        return ExitCodes.Success;
    }
}
