using Bench.Analysis.Fleets;
using Bench.Analysis.Input;
using Bench.Benchmarks.Processes;
using Bench.CommandLine;

namespace Bench.Benchmarks.Fleets;

/// <summary>Does one piece of work of a fleet: takes it, checks that this machine is what the plan asks for, measures, and moves what was
/// measured into place. It waits for nobody: what is done, or is being done elsewhere, is left alone.</summary>
/// <param name="surroundings">The machine, the program and the time.</param>
/// <param name="console">Hears of it.</param>
/// <param name="stop">Somebody wants this worker to end.</param>
internal sealed class FleetWorker(WorkerSurroundings surroundings, TextWriter console, CancellationToken stop)
{
    private const string Words = "its own words are in this worker's output";

    // Of a program that nobody could read.
    private const string UnknownDigest = "unknown";
    private const string AskedToEnd = "the worker was asked to end before all was measured.";

    /// <summary>Does it.</summary>
    /// <param name="manifest">The fleet.</param>
    /// <param name="index">The number of the piece of work.</param>
    /// <param name="output">Where all workers leave what they measured.</param>
    /// <returns>The exit code: 0 if it is done or being done, 2 if the program was asked for nonsense, 4 if it failed, 5 if this machine is
    /// not fit for it.</returns>
    /// <exception cref="ArgumentException">There is no such piece of work.</exception>
    /// <exception cref="IOException">The output folder cannot be written.</exception>
    public int Work(FleetManifest manifest, long index, FleetFolder output)
    {
        if (index < 0 || index >= manifest.Units.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"--index: found {index}; expected 0 to {manifest.Units.Count - 1}, as the manifest has them."));
        }

        var unit = manifest.Units[(int)index];
        var folder = output.Of(unit.Id);
        if (folder.IsDone)
        {
            return LeaveAlone(index, UnitStatus.Missed(folder) is { } missed
                ? $"it is done, but in part: {missed} To have it measured again, remove {folder.Path}."
                : "it is done.");
        }

        using var claim = WorkClaim.Take(folder, surroundings.Owner, surroundings.Time);
        if (claim is null)
        {
            return LeaveAlone(index, UnitClaim.Last(folder)?.Owner is { } other
                ? FormattableString.Invariant($"{other.Node} works on it (process {other.Process}), or did a moment ago: ")
                    + FormattableString.Invariant($"a worker is taken for dead after {UnitClaim.Death.TotalSeconds:0} s.")
                : "another worker works on it.");
        }

        // Somebody may have done it between the first look and the claim.
        return folder.IsDone ? LeaveAlone(index, "it is done.") : Attempt(manifest, unit, folder, claim);
    }

    private int LeaveAlone(long index, string why)
    {
        console.WriteLine(FormattableString.Invariant($"{index}: {why}"));
        return ExitCodes.Success;
    }

    private int Attempt(FleetManifest manifest, FleetUnit unit, UnitFolder folder, WorkClaim claim)
    {
        var attempt = new FleetAttempt
        {
            Number = claim.Number,
            Unit = unit.Id,
            Node = surroundings.Owner.Node,
            Process = surroundings.Owner.Process,
            Program = UnknownDigest,
            StartedUtc = surroundings.Time.GetUtcNow(),
        };
        attempt.Write(folder);
        var (code, why, files) = Try(manifest, unit, folder, claim, ref attempt);
        (attempt with { EndedUtc = surroundings.Time.GetUtcNow(), ExitCode = code, Why = why, Files = files }).Write(folder);
        console.WriteLine(FormattableString.Invariant($"{unit.Index}: {why ?? "measured."}"));
        return code;
    }

    private Ending Try(FleetManifest manifest, FleetUnit unit, UnitFolder folder, WorkClaim claim, ref FleetAttempt attempt)
    {
        try
        {
            attempt = attempt with { Program = surroundings.ProgramDigest.Value };
            if (attempt.Program != manifest.Program.Digest)
            {
                return Ending.Failed($"this program's folder has the digest {attempt.Program}; the manifest expects "
                    + $"{manifest.Program.Digest}. Copy the published folder that the plan was made with.");
            }

            var faults = surroundings.Faults(manifest.KindOf(unit)).ToList();
            return stop.IsCancellationRequested ? Ending.Failed(AskedToEnd)
                : faults.Count > 0 ? new Ending(ExitCodes.NotSuitable, string.Join(" ", faults))
                : Measure(manifest, unit, folder, claim, attempt);
        }
        catch (Exception e)
        {
            // Whatever was not foreseen: the attempt says so.
            return Ending.Failed(stop.IsCancellationRequested ? AskedToEnd
                : e is IOException or UnauthorizedAccessException or RunFormatException ? e.Message
                : $"{e.GetType().Name}: {e.Message}");
        }
    }

    private Ending Measure(FleetManifest manifest, FleetUnit unit, UnitFolder folder, WorkClaim claim, FleetAttempt attempt)
    {
        var work = folder.WorkOf(attempt.Number);
        int code;
        using (var cache = new OwnCache(folder.CacheOf(attempt.Number)))
        {
            code = surroundings.Measure([.. unit.Arguments, "--output", work], cache.Path);
            if (code == ExitCodes.Incomplete && WorkerRun.Find(work, manifest.Files).Run is { IsComplete: false } lost)
            {
                // What a crash of a launch took away can be measured once more.
                code = surroundings.Measure(["--resume", lost.Path], cache.Path);
            }
        }

        if (stop.IsCancellationRequested)
        {
            return Ending.Failed(AskedToEnd);
        }

        if (code == ExitCodes.WrongUsage)
        {
            return new Ending(code, $"the program did not understand what the plan tells it; {Words}.");
        }

        var (run, fault) = WorkerRun.Find(work, manifest.Files);
        // That a limit is missed, or nothing shown, is a result; and so is that some cells failed, if others did not.
        if (code is not (ExitCodes.Success or ExitCodes.Regression or ExitCodes.Inconclusive or ExitCodes.Incomplete)
            || (code == ExitCodes.Incomplete && run is not { IsMeasured: true }))
        {
            var see = Directory.Exists(work) ? $"see {work}" : Words;
            return Ending.Failed(FormattableString.Invariant(
                $"the program that measures ended with {code}; {see}.{WorkerRun.Failures(work)}"));
        }

        if (run is null)
        {
            return Ending.Failed(fault!);
        }

        // Before the run stands in its place it is on the disk which files it has: a worker may be killed at any moment.
        var files = FolderDigest.OfFiles(run.Path);
        var failures = code == ExitCodes.Incomplete ? $"not all was measured.{WorkerRun.Failures(work)}" : null;
        (attempt with { Files = files, Why = failures }).Write(folder);
        return Publish(folder, claim, work, run.Path)
            ? new Ending(failures is null ? ExitCodes.Success : code, failures, files)
            : folder.IsDone ? new Ending(ExitCodes.Success, $"another worker was done with it first; this one's run is left in {work}.")
            : Ending.Failed(
                $"another worker took this one for dead, and has taken its work over; what was measured is left in {work}.");
    }

    /// <summary>Moves a run into place, if no other worker did or will.</summary>
    private static bool Publish(UnitFolder folder, WorkClaim claim, string work, string run)
    {
        if (!claim.IsHeld || folder.IsDone)
        {
            return false;
        }

        try
        {
            Directory.Move(run, folder.Run);
        }
        catch (IOException) when (folder.IsDone)
        {
            return false;
        }

        // An empty folder by now, that nobody looks into.
        TemporaryFiles.TryDelete(new DirectoryInfo(work));
        return true;
    }

    /// <summary>How an attempt ends.</summary>
    /// <param name="Code">The exit code.</param>
    /// <param name="Why">Why it measured nothing, or not all; null if it measured all.</param>
    /// <param name="Files">What the run holds; null if there is none.</param>
    private sealed record Ending(int Code, string? Why, IReadOnlyDictionary<string, string>? Files = null)
    {
        public static Ending Failed(string why) => new(ExitCodes.Incomplete, why);
    }
}
