using System.CommandLine;
using Bench.Analysis.Comparison;
using Bench.Analysis.Gate;
using Bench.Analysis.Runs;

namespace Bench.Cli.Commands;

/// <summary><c>bench gate BASE CURRENT</c>: whether a run may pass, as an exit code.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN")
        {
            Description = "BASE CURRENT: run folders or exports of BenchmarkDotNet, as for compare; or one RUN with --base-cell and --current-cell.",
            Arity = ArgumentArity.OneOrMore,
        };
        var rules = new Option<string?>("--rules") { Description = "A JSON file with thresholds of its own for some cells.", HelpName = "FILE" };
        var noise = new Option<string?>("--noise") { Description = "How runs of the same code differ on this machine, from bench noise.", HelpName = "FILE" };
        var accept = new Option<bool>("--accept") { Description = "Put CURRENT in BASE's place if it passes, or if there is no BASE yet. The only way to update a reference; a dirty, failed or regressed run is refused." };
        var asFirst = new Option<bool>("--as-first") { Description = "With --accept: count small losses anew from this reference on." };
        var output = new Option<string?>("--output") { Description = "Write to this file instead of the console.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of markdown." };
        var shared = new SharedOptions();
        var command = new Command("gate", "Passes a run that is shown not to be worse. Exit code 0: passed; 1: regression; 3: inconclusive; 4: a cell is missing or failed, or the runs cannot be compared.")
        {
            runs, rules, noise, accept, asFirst, output, json,
        };
        shared.AddTo(command);
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var (baseline, current) = SharedOptions.Sides("gate", result.GetRequiredValue(runs));
            var options = shared.Read(result);
            var isAccepting = result.GetValue(accept);
            if ((isAccepting && current is null) || (result.GetValue(asFirst) && !isAccepting))
            {
                throw new ArgumentException(current is null ? "gate --accept: expected BASE and CURRENT; cells of one run have no reference." : "gate --as-first: expected --accept beside it.");
            }

            void Print(string text) => OutputText.Write(text, result.GetValue(output), result.InvocationConfiguration.Output);
            var given = result.GetValue(rules) is { } file ? GateRules.Read(file) : GateRules.Standard;
            given = shared.HasThreshold(result) ? given with { Defaults = given.Defaults with { Threshold = options.Threshold } } : given;
            var gate = () => RegressionGate.Check(baseline, current, options, given, result.GetValue(noise));
            return isAccepting
                ? Accept(baseline, current!, gate, () => _ = result.GetValue(noise) is { } noiseFile ? NoiseFile.Read(noiseFile) : null, result.GetValue(json), result.GetValue(asFirst), Print, result.InvocationConfiguration)
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

    private static int Accept(string basePath, string currentPath, Func<GateReport> gate, Action checkNoise, bool asJson, bool asFirst, Action<string> print, InvocationConfiguration console)
    {
        var (reference, run) = (new RunFolder(basePath), new RunFolder(currentPath));
        if (!File.Exists(run.ManifestPath))
        {
            console.Error.WriteLine($"{currentPath}: found no run.json; --accept takes run folders. Keep exports of BenchmarkDotNet with your repository and copy them yourself.");
            return ExitCodes.BadInput;
        }

        var objections = ReferenceRun.Objections(run);
        if (objections.Count > 0)
        {
            console.Error.WriteLine($"{currentPath} cannot become the reference: {string.Join(" ", objections)}");
            return ExitCodes.BadInput;
        }

        ReferenceRun.CheckPlaces(reference, run);
        checkNoise();
        GateReport? report = null;
        if (File.Exists(basePath) || (Directory.Exists(basePath) && Directory.EnumerateFileSystemEntries(basePath).Any()))
        {
            reference.ReadManifest();
            report = gate();
            var code = Report(report, asJson, print);
            if (code != ExitCodes.Success)
            {
                console.Error.WriteLine($"{currentPath} was not accepted; {basePath} is still the reference.");
                return code;
            }
        }

        ReferenceRun.Replace(reference, run, asFirst ? null : report?.Comparison, TimeProvider.System);

        // What is printed beside it may be JSON.
        console.Error.WriteLine($"Accepted: {basePath} is now {run.ReadManifest().Id}{(report is null ? ", the first reference" : string.Empty)}.");
        return ExitCodes.Success;
    }
}
