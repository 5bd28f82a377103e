using System.CommandLine;
using Bench.Analysis.Fleets;
using Bench.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench fleet status DIR</c>: how far a fleet is, from files alone.</summary>
internal static class FleetStatusCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder of the fleet: with manifest.json and results." };
        var command = new Command(
            "status", "Says how far the workers are, from files alone. Exit code 0: all is done; 4: it is not.") { folder };
        command.SetAction(result => CommandErrors.Report(result.InvocationConfiguration.Error, () =>
        {
            var path = result.GetRequiredValue(folder);
            var manifest = FleetManifest.Read(Path.Combine(path, FleetManifest.FileName));
            var now = TimeProvider.System.GetUtcNow();
            var all = FleetStatus.Read(manifest, new FleetFolder(Path.Combine(path, FleetFolder.Name)), now);
            var output = result.InvocationConfiguration.Output;
            output.Write(FleetStatusText.Write(manifest, all, Terminal.Width(output)));
            return all.All(unit => unit.State == UnitState.Done) ? ExitCodes.Success : ExitCodes.Incomplete;
        }));
        return command;
    }
}
