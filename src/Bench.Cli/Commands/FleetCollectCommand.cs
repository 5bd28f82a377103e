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
        var folders = FleetFolders.Argument();
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
            var (manifest, results) = FleetFolders.Read(result.GetRequiredValue(folders));
            var collection = FleetCollection.Of(manifest, results);
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

        var (path, marker) = (Path.Combine(folder, ReportFile), Path.Combine(folder, FleetCollectionJson.FileName));
        if (File.Exists(path) && !File.Exists(marker))
        {
            throw new ArgumentException($"--output: {path} stands there already, and no fleet was collected into {folder}; choose another "
                + "folder.");
        }

        Directory.CreateDirectory(folder);
        var merged = FleetMerge.WriteAll(collection, folder);
        // What an earlier collection said would stand beside other runs.
        File.Delete(path);
        File.WriteAllText(marker, FleetCollectionJson.Write(collection));
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
        var limit = Limit(collection.Manifest);
        Next(console, $"{path} has everything; bench decide {names} --limit {limit} says what to buy for a time limit.");
        return report.IsComplete;
    }

    /// <summary>What the plan asks for, or what a newcomer may try.</summary>
    private static string Limit(FleetManifest manifest)
    {
        var arguments = manifest.Units[0].Arguments.ToList();
        return arguments.IndexOf("--limit") is >= 0 and var place && place + 1 < arguments.Count ? arguments[place + 1] : "20ms";
    }

    private static void Next(TextWriter console, string sentences)
    {
        var page = new ConsolePage(Terminal.Width(console));
        page.Append('\n');
        page.Write("Next", sentences);
        console.Write(page.ToString());
    }
}
