using System.CommandLine;
using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Fleets;
using Bench.Analysis.Rendering;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench fleet collect DIR</c>: what a fleet has measured, held against its plan, as one set of runs.</summary>
internal static class FleetCollectCommand
{
    private const string ReportFile = "report.md";

    public static Command Create()
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = "The folder of the fleet, with manifest.json; then other folders that workers left results in.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output")
        {
            Description = "Write a run for each kind of machine into this folder, for report and decide, and the report of all of them.",
            HelpName = "RUNS",
        };
        var command = new Command(
            "collect", "Holds what was measured against the plan: what is missing, doubled or foreign is named, and never averaged. "
                + "Exit code 0: all is there; 4: something is missing, was left out or failed.")
        {
            folders, output,
        };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var paths = result.GetRequiredValue(folders);
            var manifest = FleetManifest.Read(Path.Combine(paths[0], FleetManifest.FileName));
            var results = paths.Skip(1).Prepend(Path.Combine(paths[0], FleetFolder.Name)).Select(path => new FleetFolder(path));
            var collection = FleetCollection.Of(manifest, [.. results]);
            var console = result.InvocationConfiguration.Output;
            console.Write(FleetCollectionText.Write(collection, Terminal.Width(console)));
            var isComplete = result.GetValue(output) is not { } runs || Write(collection, runs, console);
            return isComplete && collection.Faults.Count == 0 ? ExitCodes.Success : ExitCodes.Incomplete;
        }));
        return command;
    }

    /// <summary>Writes a run for each kind of machine, and their report.</summary>
    /// <returns>Whether all cells of what counts were measured.</returns>
    private static bool Write(FleetCollection collection, string folder, TextWriter console)
    {
        if (folder.Length == 0)
        {
            throw new ArgumentException("--output: found ''; expected a folder.");
        }

        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, ReportFile);
        // What an earlier collection said would stand beside other runs.
        File.Delete(path);
        var merged = FleetMerge.WriteAll(collection, folder);
        if (merged.Count == 0)
        {
            Next(console, "nothing counts, so there is no report.");
            return false;
        }

        var runs = PricedRun.Read(merged, new RunPrice(PriceCatalogue.BuiltIn()));
        var report = ReportBuilder.Build(runs, CostModel.Runtime);
        var text = MarkdownReport.Write(report, ReportAnswers.Of(report, ReportAnswers.Decisions(runs, report)));
        File.WriteAllText(path, text + FleetCollectionText.Markdown(collection));
        var names = string.Join(' ', merged.Select(run => run.Path));
        Next(console, $"{path} has everything; bench decide {names} --limit 20ms says what to buy for a time limit.");
        return report.IsComplete;
    }

    private static void Next(TextWriter console, string sentences)
    {
        var page = new ConsolePage(Terminal.Width(console));
        page.Append('\n');
        page.Write("Next", sentences);
        console.Write(page.ToString());
    }
}
