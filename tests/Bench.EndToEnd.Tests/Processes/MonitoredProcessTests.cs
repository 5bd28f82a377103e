using System.Diagnostics;
using System.Globalization;
using Bench.Benchmarks.Processes;

namespace Bench.EndToEnd.Tests.Processes;

/// <summary>No process here is asked how long it took: what must not hold a run up is still alive when the run goes on.</summary>
[Platform("Linux")]
public class MonitoredProcessTests
{
    private static readonly TimeSpan Ages = TimeSpan.FromMinutes(10);

    // A launch makes itself the leader of a group, as setsid does here.
    private const string OwnGroup = "setsid";

    [Test]
    public void Run_Program_HearsBothStreamsLineByLine()
    {
        var (said, complained) = (new List<string>(), new List<string>());

        var ending = MonitoredProcess.Run(Shell("echo one; echo two; echo bad >&2; printf last"), Watch() with
        {
            Said = said.Add,
            Complained = complained.Add,
        });

        Assert.That((said, complained), Is.EqualTo((new List<string> { "one", "two", "last" }, new List<string> { "bad" })));
        Assert.That(ending.Output, Is.EqualTo(said));
        Assert.That(ending.Error, Is.EqualTo(complained));
        Assert.That((ending.ExitCode, ending.StoppedBecause), Is.EqualTo((0, (string?)null)));
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(255)]
    public void Run_ExitCode_IsTold(int code) =>
        Assert.That(MonitoredProcess.Run(Shell($"exit {code}"), Watch()).ExitCode, Is.EqualTo(code));

    [TestCase(130, Description = "Ctrl-C")]
    [TestCase(143, Description = "who stops everything")]
    public void Run_InterruptedBeforeTheRunHearsOfIt_WaitsForTheNews(int code)
    {
        using var interruption = new CancellationTokenSource();

        var ending = MonitoredProcess.Run(
            Shell($"echo ends; exit {code}"),
            Watch() with { Cancellation = interruption.Token, Said = _ => interruption.CancelAfter(TimeSpan.FromMilliseconds(200)) });

        Assert.That((ending.ExitCode, interruption.IsCancellationRequested), Is.EqualTo((code, true)));
    }

    [Test]
    public void Run_ProgramThatIsNotThere_Throws() => Assert.That(
        () => MonitoredProcess.Run(new ProcessStartInfo("/nowhere/program"), Watch()),
        Throws.TypeOf<System.ComponentModel.Win32Exception>());

    [Test]
    public void Run_ManyWords_KeepsTheLastTenAndNoEmptyOnes()
    {
        var count = 0;
        var ending = MonitoredProcess.Run(
            Shell("i=0; while [ $i -lt 500 ]; do echo $i; echo; i=$((i+1)); done"), Watch() with { Said = _ => count++ });

        Assert.That(ending.Output, Is.EqualTo(Enumerable.Range(490, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))));
        Assert.That(count, Is.EqualTo(1000), "all are heard");
    }

    [Test]
    public void Run_Silence_IsStoppedAndSaidSo()
    {
        using var sleeper = new Sleeper();

        var ending = MonitoredProcess.Run(Shell($"echo begin; {sleeper.Command}"), Watch() with { Patience = TimeSpan.FromSeconds(1) });

        Assert.That(ending.StoppedBecause,
            Is.EqualTo("it gave no sign of life for 1 seconds and was stopped (BENCH_PATIENCE_SECONDS sets how long to wait)."));
        Assert.That(ending.ExitCode, Is.Not.Zero);
        Assert.That(ending.Output, Is.EqualTo(["begin"]));
    }

    [Test]
    public void Run_WordsFromTimeToTime_AreSignsOfLife()
    {
        // Longer than its patience in all, but never silent as long.
        var ending = MonitoredProcess.Run(
            Shell("for i in 1 2 3 4 5 6 7 8 9 10; do echo $i; sleep 0.5; done"), Watch() with { Patience = TimeSpan.FromSeconds(4) });

        Assert.That((ending.StoppedBecause, ending.ExitCode, ending.Output.Count), Is.EqualTo(((string?)null, 0, 10)));
    }

    [Test]
    public void Run_Limit_StopsWhateverIsSaid()
    {
        var ending = MonitoredProcess.Run(
            Shell("while true; do echo on; sleep 0.05; done"), Watch() with { Limit = TimeSpan.FromSeconds(0.6) });

        Assert.That(ending.StoppedBecause, Does.StartWith("it did not end within ").And.EndsWith(" minutes and was stopped."));
    }

    [Test]
    public void Run_Cancellation_LetsItEndByItselfFirst()
    {
        using var cancellation = new CancellationTokenSource();
        using var folder = new TemporaryFolder();

        // It ends when it is told to, as a launch does that finds the file of its run.
        var ending = MonitoredProcess.Run(
            Shell($"echo ready; while [ ! -e {folder.File("cancel")} ]; do sleep 0.05; done; echo saved; exit 5"),
            Watch() with
            {
                Cancellation = cancellation.Token,
                Said = line =>
                {
                    if (line == "ready")
                    {
                        cancellation.Cancel();
                        folder.Write("cancel", string.Empty);
                    }
                },
            });

        Assert.That((ending.ExitCode, ending.StoppedBecause), Is.EqualTo((5, (string?)null)));
        Assert.That(ending.Output, Is.EqualTo(["ready", "saved"]));
    }

    [Test]
    public void Run_CancellationThatIsNotHeeded_StopsItAfterItsGrace()
    {
        using var cancellation = new CancellationTokenSource();
        using var sleeper = new Sleeper();

        var ending = MonitoredProcess.Run(
            Shell($"trap '' INT TERM; echo ready; {sleeper.Command}"),
            Watch() with { Cancellation = cancellation.Token, Grace = TimeSpan.FromSeconds(0.2), Said = _ => cancellation.Cancel() });

        Assert.That(ending.StoppedBecause, Is.EqualTo("it did not end when the run was interrupted, and was stopped."));
    }

    [Test]
    public void Run_CancelledBeforehand_StopsItAfterItsGrace()
    {
        using var sleeper = new Sleeper();

        var ending = MonitoredProcess.Run(
            Shell(sleeper.Command),
            Watch() with { Cancellation = new CancellationToken(canceled: true), Grace = TimeSpan.FromSeconds(0.2) });

        Assert.That(ending.StoppedBecause, Does.Contain("was interrupted"));
    }

    [Test]
    public void Run_GrandchildThatKeepsThePipeOpen_IsEndedWithItsGroup()
    {
        using var sleeper = new Sleeper();

        var ending = MonitoredProcess.Run(InOwnGroup($"{sleeper.Command} & echo done; exit 4"), Watch());

        Assert.That((ending.ExitCode, ending.StoppedBecause), Is.EqualTo((4, (string?)null)));
        Assert.That(ending.Output, Is.EqualTo(["done"]));
        Assert.That(sleeper.IsGone, "what it started was ended with it");
    }

    [Test]
    public void Run_GrandchildInASessionOfItsOwn_DoesNotHoldTheRunUp()
    {
        using var sleeper = new Sleeper();

        var ending = MonitoredProcess.Run(InOwnGroup($"setsid {sleeper.Command} & {sleeper.Wait}; echo done"), Watch());

        Assert.That((ending.ExitCode, ending.StoppedBecause), Is.EqualTo((0, (string?)null)));
        Assert.That(ending.Output, Is.EqualTo(["done"]));
        Assert.That(sleeper.IsAlive, "it still sleeps, and nobody waits for it");
    }

    [Test]
    public void Run_GrandchildOfOneThatLeadsNoGroup_DoesNotHoldTheRunUp()
    {
        using var sleeper = new Sleeper();

        var ending = MonitoredProcess.Run(Shell($"{sleeper.Command} & {sleeper.Wait}; echo done"), Watch());

        Assert.That((ending.ExitCode, ending.Output[^1]), Is.EqualTo((0, "done")));
        Assert.That(sleeper.IsAlive);
    }

    [Test]
    public void Run_Silence_EndsWhatItStartedToo()
    {
        using var sleeper = new Sleeper();

        var ending = MonitoredProcess.Run(
            InOwnGroup($"{sleeper.Command} & wait"), Watch() with { Patience = TimeSpan.FromSeconds(1) });

        Assert.That(ending.StoppedBecause, Does.StartWith("it gave no sign of life"));
        Assert.That(sleeper.IsGone);
    }

    private static ProcessWatch Watch() => new() { Patience = Ages, Cancellation = CancellationToken.None };

    private static ProcessStartInfo Shell(string script) => new("/bin/sh", ["-c", script]);

    private static ProcessStartInfo InOwnGroup(string script) => new(OwnGroup, ["/bin/sh", "-c", script]);
}
