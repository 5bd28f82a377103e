using System.CommandLine;

namespace Bench.Cli.Commands;

/// <summary><c>bench fleet</c>: measuring on many machines that Slurm, Kubernetes or a shell schedules. Bench submits nothing.</summary>
internal static class FleetCommand
{
    public static Command Create() => new("fleet", "Measures on many machines: writes jobs for Slurm, Kubernetes or a shell, says how far "
        + "they are, and makes one report of what they measured. Bench submits nothing, and holds no credentials.")
    {
        FleetPlanCommand.Create(),
        FleetStatusCommand.Create(),
        FleetCollectCommand.Create(),
    };
}
