using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

/// <summary>Quotas of control groups on made-up machines, laid out as the systems do whose name they have.</summary>
public class CpuQuotaTests
{
    private const string Version2 = "31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate";
    private const string Version1 = """
        31 23 0:28 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755
        33 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:10 - cgroup cgroup rw,cpu,cpuacct
        34 31 0:30 / /sys/fs/cgroup/cpuset rw,nosuid shared:11 - cgroup cgroup rw,cpuset
        """;

    private FakeKernel _kernel = null!;

    [SetUp]
    public void SetUp() => _kernel = new FakeKernel();

    [TearDown]
    public void TearDown() => _kernel.Dispose();

    [TestCase("150000 100000", 1.5)]
    [TestCase("max 100000", null)]
    [TestCase("nonsense", null)]
    [TestCase("100000", null)]
    public void Read_GroupOfVersion2_GivesItsQuota(string quota, double? expected)
    {
        _kernel.With("proc/self/cgroup", "0::/user.slice").With("proc/self/mountinfo", Version2)
            .With("sys/fs/cgroup/user.slice/cpu.max", quota);

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(expected));
    }

    [TestCase("200000", "100000", 2.0)]
    [TestCase("50000", "100000", 0.5)]
    [TestCase("-1", "100000", null)]
    public void Read_GroupOfVersion1_GivesItsQuota(string quota, string period, double? expected)
    {
        _kernel.With("proc/self/cgroup", "5:cpu,cpuacct:/limited\n4:memory:/").With("proc/self/mountinfo", Version1)
            .With("sys/fs/cgroup/cpu,cpuacct/limited/cpu.cfs_quota_us", quota)
            .With("sys/fs/cgroup/cpu,cpuacct/limited/cpu.cfs_period_us", period);

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(expected));
    }

    [TestCase("300000 100000", "max 100000", "max 100000", 3.0)]
    [TestCase("300000 100000", "150000 100000", "max 100000", 1.5)]
    [TestCase("100000 100000", "150000 100000", "400000 100000", 1.0)]
    public void Read_ServiceWithinSlicesOfSystemd_GivesTheLeastQuotaUpTheTree(string slice, string inner, string service, double expected)
    {
        _kernel.With("proc/self/cgroup", "0::/machine.slice/machine-build.slice/bench.service").With("proc/self/mountinfo", Version2)
            .With("sys/fs/cgroup/machine.slice/cpu.max", slice)
            .With("sys/fs/cgroup/machine.slice/machine-build.slice/cpu.max", inner)
            .With("sys/fs/cgroup/machine.slice/machine-build.slice/bench.service/cpu.max", service);

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(expected));
    }

    [Test]
    public void Read_StepOfASlurmJob_GivesTheQuotaOfTheJobAround()
    {
        _kernel.With("proc/self/cgroup", "0::/system.slice/slurmstepd.scope/job_7/step_0/user/task_0").With("proc/self/mountinfo", Version2)
            .With("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/cpu.max", "400000 100000")
            .With("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/step_0/user/task_0/cpu.max", "max 100000")
            .With("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/step_0/cpuset.cpus.effective", "0-15");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(4));
    }

    [Test]
    public void Read_NestedGroupsOfVersion1_GivesTheLeastQuota()
    {
        _kernel.With("proc/self/cgroup", "3:cpu,cpuacct:/slurm/uid_0/job_7\n2:cpuset:/slurm").With("proc/self/mountinfo", Version1)
            .With("sys/fs/cgroup/cpu,cpuacct/slurm/cpu.cfs_quota_us", "150000")
            .With("sys/fs/cgroup/cpu,cpuacct/slurm/cpu.cfs_period_us", "100000")
            .With("sys/fs/cgroup/cpu,cpuacct/slurm/uid_0/job_7/cpu.cfs_quota_us", "-1")
            .With("sys/fs/cgroup/cpu,cpuacct/slurm/uid_0/job_7/cpu.cfs_period_us", "100000");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(1.5));
    }

    [Test]
    public void Read_ContainerOfVersion1ThatNamesItsGroupFromOutside_FindsItAtTheMount()
    {
        const string Group = "/docker/87ee2de57e51";
        const string Point = "/sys/fs/cgroup/cpu,cpuacct";
        _kernel.With("proc/self/cgroup", $"4:cpu,cpuacct:{Group}")
            .With("proc/self/mountinfo", $"702 701 0:29 {Group} {Point} ro,nosuid master:10 - cgroup cgroup rw,cpu,cpuacct")
            .With($"{Point}/cpu.cfs_quota_us", "250000").With($"{Point}/cpu.cfs_period_us", "100000");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(2.5));
    }

    [Test]
    public void Read_GroupWithinAContainer_IsBelowTheMount()
    {
        const string Group = "/docker/87ee2de57e51";
        _kernel.With("proc/self/cgroup", $"0::{Group}/inner")
            .With("proc/self/mountinfo", $"702 701 0:29 {Group} /sys/fs/cgroup ro - cgroup2 cgroup rw")
            .With("sys/fs/cgroup/cpu.max", "800000 100000").With("sys/fs/cgroup/inner/cpu.max", "200000 100000");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(2));
    }

    [Test]
    public void Read_ContainerWithANameSpaceOfItsOwn_FindsItsGroupAtTheTop()
    {
        _kernel.With("proc/self/cgroup", "0::/").With("proc/self/mountinfo", Version2).With("sys/fs/cgroup/cpu.max", "50000 100000");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(0.5));
    }

    [Test]
    public void Read_ContainerThatIsShownAnotherPathThanItsOwn_TakesTheGroupThatIsMounted()
    {
        _kernel.With("proc/self/cgroup", "0::/lxc.payload.web")
            .With("proc/self/mountinfo", "99 98 0:29 /lxc/web /sys/fs/cgroup rw - cgroup2 cgroup rw")
            .With("sys/fs/cgroup/cpu.max", "150000 100000");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(1.5));
    }

    [Test]
    public void Read_Hybrid_TakesTheVersionThatHasTheController()
    {
        _kernel.With("proc/self/cgroup", "3:cpu,cpuacct:/limited\n0::/limited")
            .With("proc/self/mountinfo", Version1 + "\n41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw")
            .With("sys/fs/cgroup/cpu,cpuacct/limited/cpu.cfs_quota_us", "150000")
            .With("sys/fs/cgroup/cpu,cpuacct/limited/cpu.cfs_period_us", "100000")
            .With("sys/fs/cgroup/unified/limited/cpu.stat", "usage_usec 1");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(1.5));
    }

    [Test]
    public void Read_MountPointWithABlank_IsUnescaped()
    {
        _kernel.With("proc/self/cgroup", "0::/a").With("proc/self/mountinfo", @"31 23 0:28 / /control\040groups rw - cgroup2 cgroup2 rw")
            .With("control groups/a/cpu.max", "150000 100000");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(1.5));
    }

    [Test]
    public void Read_ProcessFromOutsideTheNameSpace_KnowsNoQuota()
    {
        _kernel.With("proc/self/cgroup", "0::/../elsewhere").With("proc/self/mountinfo", Version2)
            .With("sys/fs/cgroup/cpu.max", "50000 100000");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.Null);
    }

    [Test]
    public void Read_SetOfProcessorsOfTheGroupAround_Counts()
    {
        _kernel.With("proc/self/cgroup", "0::/job/task").With("proc/self/mountinfo", Version2)
            .With("sys/fs/cgroup/job/cpuset.cpus.effective", "0-2,8").With("sys/fs/cgroup/cpuset.cpus.effective", "0-15");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(4));
    }

    [Test]
    public void Read_SetOfProcessorsOfVersion1_Counts()
    {
        _kernel.With("proc/self/cgroup", "2:cpuset:/job").With("proc/self/mountinfo", Version1)
            .With("sys/fs/cgroup/cpuset/job/cpuset.cpus", "4-6");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(3));
    }

    [Test]
    public void Read_AffinityBelowTheQuota_Counts()
    {
        _kernel.With("proc/self/cgroup", "0::/").With("proc/self/mountinfo", Version2).With("sys/fs/cgroup/cpu.max", "400000 100000")
            .With("proc/self/status", "Name:\tx\nCpus_allowed:\t6\nCpus_allowed_list:\t1-2");

        Assert.That(CpuQuota.Read(_kernel.Files), Is.EqualTo(2));
    }

    [Test]
    public void Read_NoFiles_KnowsNoQuota() => Assert.That(CpuQuota.Read(new KernelFiles(null)), Is.Null);
}
