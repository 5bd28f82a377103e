using System.Text.Json;
using Bench.Analysis.Fleets;
using Bench.Benchmarks.Fleets;

namespace Bench.EndToEnd.Tests.Fleets;

/// <summary>What a worker leaves, whatever happens to it; that the real program measures in it, the test with Slurm shows.</summary>
public class FleetWorkerTests
{
    private const string Digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly FleetManifest Fleet = FleetPlan.Of(
        new FleetMatrix { Models = ["unet"], Machines = [new MachineKind { Name = "any", Replicates = 3 }] }, new FleetProgram(Digest));

    private StringWriter _console = null!;
    private TemporaryFolder _folder = null!;

    private FleetFolder Results => new(_folder.Path);

    private UnitFolder Unit => Results.Of(Fleet.Units[1].Id);

    [SetUp]
    public void Create()
    {
        _console = new StringWriter();
        _folder = new TemporaryFolder();
    }

    [TearDown]
    public void Delete()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Work_AllGoesWell_LeavesTheRunAndWhoMeasuredIt()
    {
        Assert.That(Work(), Is.Zero, _console.ToString());

        Assert.That(Unit.IsDone);
        var attempt = Unit.Attempts().Single();
        Assert.That(attempt.ExitCode, Is.Zero);
        Assert.That(attempt.Why, Is.Null);
        Assert.That(attempt.Node, Is.EqualTo("n1"));
        Assert.That(attempt.Files, Is.EqualTo(FolderDigest.OfFiles(Unit.Run)));
        Assert.That(attempt.Files!.Keys, Is.EquivalentTo(["report.json", "report.md", "run.json"]));
        Assert.That(
            Directory.GetFileSystemEntries(Unit.Path).Select(Path.GetFileName), Is.EquivalentTo(["run", "attempt-1.json", "claim-1"]));
    }

    [Test]
    public void Work_WhatIsDone_IsLeftAlone()
    {
        Work();

        Assert.That(Work(measure: _ => throw new InvalidOperationException("measured again")), Is.Zero);
        Assert.That(Unit.Attempts(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Work_WhatAnotherWorkerDoes_IsLeftAlone()
    {
        using var other = WorkClaim.Take(Unit, new ClaimOwner("n2", 2, "other"), TimeProvider.System);

        Assert.That(Work(), Is.Zero);
        Assert.That(_console.ToString(), Does.Contain("n2 works on it (process 2), or did a moment ago"));
        Assert.That(Unit.Attempts(), Is.Empty);
    }

    [Test]
    public void Work_MachineThatIsNotFit_EndsWithItsReason()
    {
        Assert.That(Work(faults: ["other programs use 40 % of the machine; expected 10 % at most."]), Is.EqualTo(5));
        Assert.That(Unit.Attempts().Single().ExitCode, Is.EqualTo(5));
        Assert.That(Unit.Attempts().Single().Why, Does.StartWith("other programs use 40 %"));
        Assert.That(Work(), Is.Zero, "another machine may try at once");
        Assert.That(Unit.IsDone);
    }

    [Test]
    public void Work_AnotherProgram_MeasuresNothing()
    {
        Assert.That(Work(digest: new string('f', 64), measure: _ => throw new InvalidOperationException("measured")), Is.EqualTo(4));
        Assert.That(Unit.Attempts().Single().Why, Does.Contain("the manifest expects"));
    }

    [TestCase(2, 2)]
    [TestCase(4, 4)]
    [TestCase(139, 4)]
    public void Work_ProgramThatFails_IsTriedAgainByTheNextWorker(int code, int expected)
    {
        Assert.That(Work(measure: _ => code), Is.EqualTo(expected));
        Assert.That(Work(), Is.Zero);
        Assert.That(Unit.Attempts().Select(attempt => attempt.ExitCode), Is.EqualTo(new int?[] { expected, 0 }));
    }

    /// <summary>That a limit is missed, or that nothing is shown, is a result.</summary>
    [TestCase(1)]
    [TestCase(3)]
    public void Work_AnswerThatIsNo_IsDone(int code)
    {
        Assert.That(Work(measure: arguments => Measured(arguments, code)), Is.Zero);
        Assert.That(Unit.IsDone);
    }

    /// <summary>One cell that fails must not take along what was measured of the others.</summary>
    [Test]
    public void Work_SomeCellsFailed_KeepsWhatWasMeasuredAndSaysSo()
    {
        Assert.That(Work(measure: arguments => Measured(arguments, 4, Cell("measured"), Cell("failed", "int8", "it fell over."))),
            Is.EqualTo(4));

        Assert.That(Unit.IsDone);
        var attempt = Unit.Attempts().Single();
        Assert.That((attempt.ExitCode, attempt.Why), Is.EqualTo((4, "not all was measured. m/ort-cpu/int8/linux-x64: it fell over.")));
        Assert.That(attempt.Files, Is.Not.Null);
        Assert.That(FleetStatus.Read(Fleet, [Results], DateTimeOffset.UtcNow)[1].State, Is.EqualTo(UnitState.InPart));
        Assert.That(Work(), Is.Zero);
        Assert.That(_console.ToString(), Does.Contain("1: it is done, but in part: not all was measured."));
    }

    /// <summary>A launch that crashed is measured once more; what then is not there is named.</summary>
    [TestCase(true, 0)]
    [TestCase(false, 4)]
    public void Work_LaunchesThatWereLost_AreMeasuredOnceMore(bool succeeds, int expected)
    {
        var asked = new List<string>();
        Assert.That(
            Work(measure: arguments =>
            {
                asked.Add(arguments[0]);
                var isAgain = arguments[0] == "--resume";
                return Measured(
                    isAgain ? [Path.GetDirectoryName(arguments[1])!] : arguments, isAgain && succeeds ? 0 : 4,
                    isComplete: isAgain && succeeds, Cell("measured"), Cell(succeeds ? "measured" : "failed", "int8", "it fell over."));
            }),
            Is.EqualTo(expected));

        Assert.That(asked, Is.EqualTo(["--models", "--resume"]));
        Assert.That((Unit.IsDone, Unit.Attempts().Single().ExitCode), Is.EqualTo((true, expected)));
    }

    [Test]
    public void Work_AskedToEndBeforeAnythingIsMeasured_SaysSo()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var worker = new FleetWorker(
            Surroundings(Digest, [], _ => throw new InvalidOperationException("measured")), _console, stop.Token);

        Assert.That(worker.Work(Fleet, 1, Results), Is.EqualTo(4));
        Assert.That(Unit.Attempts().Single().Why, Is.EqualTo("the worker was asked to end before all was measured."));
        Assert.That(UnitClaim.Last(Unit)!.HasEnded);
    }

    [Test]
    public void Work_ProgramThatCannotBeRead_LeavesItsReason()
    {
        var surroundings = Surroundings(Digest, [], _ => 0) with
        {
            ProgramDigest = new Lazy<string>(() => throw new IOException("no such file")),
        };

        Assert.That(new FleetWorker(surroundings, _console, CancellationToken.None).Work(Fleet, 1, Results), Is.EqualTo(4));
        Assert.That(Unit.Attempts().Single().Why, Is.EqualTo("no such file"));
    }

    [Test]
    public void Work_AllCellsFailed_IsTriedAgainByTheNextWorker()
    {
        Assert.That(Work(measure: arguments => Measured(arguments, 4, Cell("failed", "fp32", "it fell over."))), Is.EqualTo(4));

        Assert.That(Unit.IsDone, Is.False);
        Assert.That(Unit.Attempts().Single().Why, Does.EndWith("m/ort-cpu/fp32/linux-x64: it fell over."));
    }

    [Test]
    public void Work_WorkerThatWasTakenForDead_PublishesNothing()
    {
        WorkClaim? other = null;
        var code = Work(measure: arguments =>
        {
            File.SetLastWriteTimeUtc(Path.Combine(Unit.ClaimOf(1), UnitClaim.HeartbeatFile), DateTime.UtcNow.AddSeconds(-61));
            other = WorkClaim.Take(Unit, new ClaimOwner("n2", 2, "other"), TimeProvider.System);
            return Measured(arguments, 0);
        });

        using (other)
        {
            Assert.That(code, Is.EqualTo(4));
            Assert.That(Unit.IsDone, Is.False);
            Assert.That(other!.IsHeld);
        }

        Assert.That(Unit.Attempts().Single().Why, Does.StartWith("another worker took this one for dead"));
    }

    /// <summary>A worker that is killed at any moment leaves what the next one goes on from.</summary>
    [TestCase("claim")]
    [TestCase("attempt")]
    [TestCase("work")]
    public void Work_AfterAWorkerThatWasKilled_MeasuresAnew(string last)
    {
        var claim = Directory.CreateDirectory(Unit.ClaimOf(1)).FullName;
        File.WriteAllText(Path.Combine(claim, UnitClaim.HeartbeatFile), "1");
        File.SetLastWriteTimeUtc(Path.Combine(claim, UnitClaim.HeartbeatFile), DateTime.UtcNow.AddSeconds(-61));
        if (last != "claim")
        {
            new FleetAttempt
            {
                Number = 1,
                Unit = Unit.Id,
                Node = "n9",
                Process = 9,
                Program = Digest,
                StartedUtc = DateTimeOffset.UtcNow,
            }.Write(Unit);
        }

        if (last == "work")
        {
            Measured([Unit.WorkOf(1)], 0);
        }

        Assert.That(Work(), Is.Zero);
        Assert.That(Unit.IsDone);
        Assert.That(Unit.Attempts()[^1].Number, Is.EqualTo(2));
    }

    [Test]
    public void Work_WhateverIsThrown_StandsInTheAttempt()
    {
        Assert.That(Work(measure: _ => throw new InvalidOperationException("the roof is on fire")), Is.EqualTo(4));
        Assert.That(Unit.Attempts().Single().Why, Is.EqualTo("InvalidOperationException: the roof is on fire"));
    }

    [TestCase(-1)]
    [TestCase(3)]
    public void Work_IndexThatIsNotThere_IsWrongUsage(int index) => Assert.That(
        () => new FleetWorker(Surroundings(Digest, [], arguments => Measured(arguments, 0)), _console, CancellationToken.None)
            .Work(Fleet, index, Results),
        Throws.ArgumentException.With.Message.Contains("expected 0 to 2"));

    private int Work(
        string digest = Digest, IReadOnlyList<string>? faults = null, Func<IReadOnlyList<string>, int>? measure = null) =>
        new FleetWorker(
            Surroundings(digest, faults ?? [], measure ?? (arguments => Measured(arguments, 0))), _console, CancellationToken.None)
            .Work(Fleet, 1, Results);

    private static WorkerSurroundings Surroundings(
        string digest, IReadOnlyList<string> faults, Func<IReadOnlyList<string>, int> measure) => new(
            new ClaimOwner("n1", 1, Guid.NewGuid().ToString("N")), new Lazy<string>(digest), _ => faults,
            (arguments, cache) =>
            {
                Assert.That(Directory.Exists(cache), "a folder of its own for what is derived");
                return measure(arguments);
            },
            TimeProvider.System);

    private static string Cell(string status, string precision = "fp32", string? reason = null) =>
        $$"""{ "id": "m/ort-cpu/{{precision}}/linux-x64", "status": "{{status}}", "reason": {{JsonSerializer.Serialize(reason)}} }""";

    private static int Measured(IReadOnlyList<string> arguments, int code, params string[] cells) =>
        Measured(arguments, code, isComplete: true, cells);

    private static int Measured(IReadOnlyList<string> arguments, int code, bool isComplete, params string[] cells)
    {
        var run = Path.Combine(arguments[^1], "20261127-120000-n1-0123456");
        Directory.CreateDirectory(run);
        // The least that is a whole manifest.
        File.WriteAllText(Path.Combine(run, "run.json"), $$"""
            { "schemaVersion": 1, "id": "20261127-120000-n1-0123456", "complete": {{(isComplete ? "true" : "false")}},
              "commandLine": [], "seed": 1, "profile": "smoke",
              "startedUtc": "2026-11-27T12:00:00+00:00", "git": { "commit": "unknown", "dirty": false },
              "machine": { "name": "n1", "os": "linux", "osVersion": "x", "architecture": "x64", "cpu": "x", "gpus": [] },
              "software": {}, "models": [],
              "cells": [{{string.Join(',', cells)}}] }
            """);
        File.WriteAllText(Path.Combine(run, "report.json"), "{}");
        File.WriteAllText(Path.Combine(run, "report.md"), "# Report");
        return code;
    }
}
