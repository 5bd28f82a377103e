using System.CommandLine;
using Bench.Analysis.Fleets;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench fleet status DIR</c>: how far a fleet is, from files alone.</summary>
internal static class FleetStatusCommand
{
    public static Command Create()
    {
        var folders = FleetFolders.Argument();
        var command = new Command(
            "status", "Says how far the workers are, from files alone. Exit code 0: all is done; 4: it is not.") { folders };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var (manifest, results) = FleetFolders.Read(result.GetRequiredValue(folders));
            var all = FleetStatus.Read(manifest, results, TimeProvider.System.GetUtcNow());
            var output = result.InvocationConfiguration.Output;
            output.Write(FleetStatusText.Write(manifest, all, Terminal.Width(output)));
            return all.All(unit => unit.State == UnitState.Done) ? ExitCodes.Success : ExitCodes.Incomplete;
        }));
        return command;
    }
}
