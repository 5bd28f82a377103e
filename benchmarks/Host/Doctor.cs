using Bench.Analysis.Consoles;
using Bench.Benchmarks.Engines;
using Bench.Benchmarks.Machines;
using Bench.CommandLine;

namespace Bench.Benchmarks.Host;

/// <summary>Says which engines work on this machine, and what to do about the others.</summary>
internal static class Doctor
{
    /// <returns>0 if any engine works and none that is here is broken.</returns>
    public static int Print(IReadOnlyList<EngineOffer> engines, TextWriter console)
    {
        console.Write(ConsoleDoctor.Write(MachineProbe.Read(), [.. engines.Select(engine => new EngineState(
            engine.Backend.Id, engine.Availability.IsAvailable, engine.Availability.IsBroken, engine.Text))]));
        return engines.Any(engine => engine.Availability.IsBroken) || !engines.Any(engine => engine.Availability.IsAvailable)
            ? ExitCodes.Incomplete
            : ExitCodes.Success;
    }
}
