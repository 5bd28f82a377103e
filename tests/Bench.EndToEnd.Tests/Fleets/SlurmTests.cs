using System.Diagnostics;
using Bench.Analysis.Fleets;
using Bench.Analysis.Runs;
using Bench.EndToEnd.Tests.Cli;
using Bench.EndToEnd.Tests.Runs;

namespace Bench.EndToEnd.Tests.Fleets;

/// <summary>A fleet on a real Slurm: the array that is written for it, a worker that is killed in the middle, and what is collected.
/// </summary>
[Long]
[Platform("Linux")]
public class SlurmTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private TemporaryFolder _folder = null!;

    private string Fleet => _folder.File("fleet");

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Array_WorkerThatIsKilled_IsNamedAndMeasuredByTheNext()
    {
        if (SlurmCluster.WhyNot is { } why)
        {
            Assert.Ignore(why);
        }

        // Both nodes are this machine, on which other tests run.
        var matrix = _folder.Write("matrix.json", """
            {
              "models": ["unet"], "backends": ["ort-cpu"], "precisions": ["fp32"], "profile": "smoke", "launches": 1, "minutes": 10,
              "replicates": 3, "machines": [{ "name": "here", "constraint": "here", "mostOtherLoad": 1 }]
            }
            """);
        Bench(0, "fleet", "plan", matrix, "--engine", "slurm", "--program", HostProgram.Folder, "--output", Fleet);
        var manifest = FleetManifest.Read(Path.Combine(Fleet, FleetManifest.FileName));
        var results = new FleetFolder(Path.Combine(Fleet, FleetFolder.Name));
        using var cluster = SlurmCluster.Start(HostProgram.Folder);

        TestContext.Out.WriteLine(cluster.RunIn(Fleet, "sbatch", "here.sbatch"));
        var victim = WaitForAttempt(results, manifest.Units[0]);
        using (var worker = Process.GetProcessById(victim.Process))
        {
            worker.Kill();
        }

        TestContext.Out.WriteLine(cluster.Run("squeue"));
        cluster.WaitForSilence(Patience);

        var status = Bench(4, "fleet", "status", Fleet);
        TestContext.Out.WriteLine(status + Said());
        Assert.That(status, Does.Contain("2 of 3 pieces of work are done."));
        Assert.That(Bench(4, "fleet", "collect", Fleet), Does.Contain("0 (here, unet, replicate 1): missing: "));
        // Others take a worker for dead only after a while.
        Assert.That(
            () => BenchProgram.Run("fleet", "status", Fleet).Output,
            Does.Contain("dead        0 (here, unet, replicate 1)").After(90_000, 500));
        TestContext.Out.WriteLine(cluster.RunIn(Fleet, "sbatch", "here.sbatch"));
        cluster.WaitForSilence(Patience);

        Assert.That(Bench(0, "fleet", "status", Fleet), Does.Contain("3 of 3 pieces of work are done."), Said());
        var collected = Bench(0, "fleet", "collect", Fleet, "--output", _folder.File("runs"));
        Assert.That(collected, Does.Contain("3 of 3 pieces of work count.").And.Contain(
            "here: 3 runs on 2 nodes, where 3 could have been. They differ most in "));
        Assert.That(new RunFolder(_folder.File("runs/here")).ReadPlan().Nodes, Is.EqualTo(["n1", "n2"]));
        Assert.That(results.Of(manifest.Units[0].Id).Attempts().Select(attempt => attempt.ExitCode), Is.EqualTo(new int?[] { null, 0 }));
        Assert.That(results.Of(manifest.Units[1].Id).Attempts(), Has.Count.EqualTo(1), "what is done is left alone");
        Assert.That(Bench(0, "report", _folder.File("runs/here")), Does.Contain("## unet"));
        TestContext.Out.WriteLine(collected + Said());
    }

    private static string Bench(int code, params string[] arguments)
    {
        var (found, output, error) = BenchProgram.Run(arguments);
        Assert.That(found, Is.EqualTo(code), output + error);
        return output;
    }

    /// <summary>What the workers said.</summary>
    private string Said() => string.Concat(Directory.GetFiles(Fleet, "slurm-*.out").Order().Select(File.ReadAllText));

    /// <summary>Waits until a worker measures.</summary>
    private static FleetAttempt WaitForAttempt(FleetFolder results, FleetUnit unit)
    {
        var folder = results.Of(unit.Id);
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience; Thread.Sleep(100))
        {
            if (Directory.Exists(folder.WorkOf(1)) && folder.Attempts() is [{ EndedUtc: null } attempt])
            {
                return attempt;
            }
        }

        throw new TimeoutException($"Nobody has begun {unit.Id}.");
    }
}
