using System.CommandLine;
using Bench.Analysis.Study;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench paper</c>: the study that Bench grew out of, recomputed, and each of its claims checked.</summary>
internal static class PaperCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON instead of markdown." };
        var command = new Command("paper", "Recomputes the study of 2019 from its own tables, and checks each of its claims.") { json };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var report = StudyReplication.Create();
            result.InvocationConfiguration.Output.Write(result.GetValue(json) ? JsonStudy.Write(report) : MarkdownStudy.Write(report));
            return ExitCodes.Success;
        }));
        return command;
    }
}
