using System.Diagnostics;
using System.Runtime.InteropServices;
using Bench.Analysis.Fleets;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Processes;

namespace Bench.Benchmarks.Fleets;

/// <summary>What a worker finds around it.</summary>
/// <param name="Owner">Who it is.</param>
/// <param name="ProgramDigest">The digest of the folder that it was started from; worked out only where something is to be done.</param>
/// <param name="Faults">Why the machine is not what a plan asks for, or not fit; none if it is.</param>
/// <param name="Measure">Measures with these arguments, with a folder for what is derived of networks, and gives the exit code.</param>
/// <param name="Time">The time.</param>
internal sealed record WorkerSurroundings(
    ClaimOwner Owner, Lazy<string> ProgramDigest, Func<MachineKind, IEnumerable<string>> Faults,
    Func<IReadOnlyList<string>, string, int> Measure, TimeProvider Time)
{
    // Tells a process to end when the one that started it does.
    private const string EndsWithParent = "BENCH_ENDS_WITH_PARENT";

    /// <summary>This machine, and this program, started again to measure.</summary>
    public static WorkerSurroundings Here() => new(
        ClaimOwner.OfThisProcess(), new Lazy<string>(() => FolderDigest.OfProgram(AppContext.BaseDirectory)), OfMachine, Run,
        TimeProvider.System);

    /// <summary>What the program does first: started by a worker, it does not outlive it.</summary>
    public static void EndWithWorker()
    {
        if (Environment.GetEnvironmentVariable(EndsWithParent) is { Length: > 0 })
        {
            // What this process starts has another parent.
            Environment.SetEnvironmentVariable(EndsWithParent, null);
            ChildProcess.EndWithParent();
        }
    }

    private static IEnumerable<string> OfMachine(MachineKind kind)
    {
        var machine = MachineProbe.Read();
        return MachineFitness.Faults(kind, machine, MachineState.Watch(machine));
    }

    /// <summary>Measures in a process of its own, which ends when this one does; who wants this one to end is passed on to it.</summary>
    private static int Run(IReadOnlyList<string> arguments, string cache)
    {
        var start = SelfProgram.Command([.. arguments]);
        start.RedirectStandardInput = true;
        start.Environment[EndsWithParent] = "1";
        start.Environment[BenchPaths.CacheVariable] = cache;
        start.Environment[RunConclusion.NextVariable] = "bench fleet collect makes one report of what all workers measured.";
        using var process = Process.Start(start)!;
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, PassOn);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, PassOn);
        process.WaitForExit();
        return process.ExitCode;

        void PassOn(PosixSignalContext context)
        {
            context.Cancel = true;
            ChildProcess.AskToEnd(process);
        }
    }
}
