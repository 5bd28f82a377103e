using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

public class ThrottleMeterTests
{
    private const string Folder = "sys/fs/cgroup/job";

    private FakeKernel _kernel = null!;

    [SetUp]
    public void SetUp() => _kernel = new FakeKernel();

    [TearDown]
    public void TearDown() => _kernel.Dispose();

    [Test]
    public void Stop_CountersOfVersion2_GivesTheDifference()
    {
        Version2().With($"{Folder}/cpu.stat", "usage_usec 5\nnr_periods 10\nnr_throttled 3\nthrottled_usec 2500");
        var meter = ThrottleMeter.Start(_kernel.Files);
        _kernel.With($"{Folder}/cpu.stat", "usage_usec 9\nnr_periods 30\nnr_throttled 8\nthrottled_usec 12500");

        Assert.That(meter.Stop(), Is.EqualTo(new QuotaThrottling(5, 10)));
    }

    [Test]
    public void Stop_CountersOfVersion1_AreNanoseconds()
    {
        _kernel.With("proc/self/cgroup", "4:cpu:/job").With("proc/self/mountinfo", "32 31 0:29 / /sys/fs/cgroup rw - cgroup cgroup rw,cpu")
            .With($"{Folder}/cpu.stat", "nr_periods 10\nnr_throttled 3\nthrottled_time 2000000");
        var meter = ThrottleMeter.Start(_kernel.Files);
        _kernel.With($"{Folder}/cpu.stat", "nr_periods 30\nnr_throttled 4\nthrottled_time 5000000");

        Assert.That(meter.Stop(), Is.EqualTo(new QuotaThrottling(1, 3)));
    }

    [Test]
    public void Stop_GroupAroundWasThrottled_Counts()
    {
        Version2().With($"{Folder}/cpu.stat", "nr_throttled 0\nthrottled_usec 0")
            .With("sys/fs/cgroup/cpu.stat", "nr_throttled 7\nthrottled_usec 1000");
        var meter = ThrottleMeter.Start(_kernel.Files);
        _kernel.With("sys/fs/cgroup/cpu.stat", "nr_throttled 9\nthrottled_usec 4000");

        Assert.That(meter.Stop(), Is.EqualTo(new QuotaThrottling(2, 3)));
    }

    [Test]
    public void Stop_GroupWithoutQuota_KnowsNothing()
    {
        Version2().With($"{Folder}/cpu.stat", "usage_usec 5\nuser_usec 2");

        Assert.That(ThrottleMeter.Start(_kernel.Files).Stop(), Is.Null);
    }

    [Test]
    public void Stop_NoFiles_KnowsNothing() => Assert.That(ThrottleMeter.Start(new KernelFiles(null)).Stop(), Is.Null);

    private FakeKernel Version2() => _kernel.With("proc/self/cgroup", "0::/job")
        .With("proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
}
