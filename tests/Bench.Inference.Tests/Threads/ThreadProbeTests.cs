using System.Globalization;
using Bench.Inference.Threads;

namespace Bench.Inference.Tests.Threads;

public class ThreadProbeTests
{
    private TemporaryFolder _tasks = null!;

    [SetUp]
    public void SetUp()
    {
        _tasks = new TemporaryFolder();
        Add(Environment.ProcessId, "bench", "0-7");
        Add(1, ".NET Finalizer", "0-7");
    }

    [TearDown]
    public void TearDown() => _tasks.Dispose();

    [Test]
    public void Stop_EnginesThreadsBesideOthers_CountsTheEnginesAndTheCaller()
    {
        var probe = ThreadProbe.Start(_tasks.Path, "bench");
        Add(11, "bench", "0-7");
        Add(12, "engine-pool", "0-7");
        Add(13, ".NET TP Worker", "0-7");
        Add(14, "cuda-EvtHandlr", "0-7");

        Assert.That(probe.Stop().Facts(null), Is.EqualTo(new Dictionary<string, string> { ["threads"] = "3", ["affinity"] = "none" }));
    }

    [Test]
    public void Stop_CalledFromAThreadOfDotNet_CountsThreadsThatInheritItsName()
    {
        var probe = ThreadProbe.Start(_tasks.Path, ".NET TP Worker");
        Add(11, ".NET TP Worker", "0-7");
        Add(12, ".NET Tiered Com", "0-7");

        Assert.That(probe.Stop().Count, Is.EqualTo(2));
    }

    [Test]
    public void Affinity_BoundThreads_ListsTheProcessorsOfEach()
    {
        var probe = ThreadProbe.Start(_tasks.Path, "bench");
        Add(12, "bench", "2");
        Add(11, "bench", "1");
        Add(13, "bench", "3-5");

        Assert.That(probe.Stop().Affinity(), Is.EqualTo("1 2 3-5"));
    }

    [Test]
    public void Affinity_ThreadsThatHaveEnded_IsNone()
    {
        var probe = ThreadProbe.Start(_tasks.Path, "bench");
        Add(11, "bench", "1");
        var threads = probe.Stop();
        Directory.Delete(_tasks.File("11"), recursive: true);

        Assert.That(threads.Affinity(), Is.EqualTo("none"));
    }

    [Test]
    public void Affinity_SystemThatDoesNotTell_IsUnknown() =>
        Assert.That(new StartedThreads(0, null, []).Facts(4),
            Is.EqualTo(new Dictionary<string, string> { ["threads"] = "4", ["affinity"] = "unknown" }));

    private void Add(int id, string name, string allowed)
    {
        var task = Directory.CreateDirectory(_tasks.File(id.ToString(CultureInfo.InvariantCulture))).FullName;
        File.WriteAllText(Path.Combine(task, "comm"), name + "\n");
        File.WriteAllText(Path.Combine(task, "status"), $"Name:\t{name}\nCpus_allowed:\tff\nCpus_allowed_list:\t{allowed}\nThreads:\t1\n");
    }
}
