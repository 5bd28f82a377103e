using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

public class ConditionsMeterTests
{
    private FakeKernel _kernel = null!;

    [SetUp]
    public void SetUp() => _kernel = new FakeKernel().With("proc/self/status", "Cpus_allowed_list:\t0")
        .With("proc/self/cgroup", "0::/").With("proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");

    [TearDown]
    public void TearDown() => _kernel.Dispose();

    [Test]
    public void Stop_WhatHappenedInTheWarmup_DoesNotCount()
    {
        At(busy: 0, idle: 0, steal: 0, throttled: 0, heat: 0, kilohertz: 1000000);
        using var meter = ConditionsMeter.Start(_kernel.Files, null, null);
        At(busy: 1000, idle: 1000, steal: 1000, throttled: 5, heat: 7, kilohertz: 2000000);
        meter.EndOfWarmup();
        At(busy: 1000, idle: 1900, steal: 1100, throttled: 7, heat: 8, kilohertz: 3000000);

        var conditions = meter.Stop();

        Assert.That(conditions with { Process = null }, Is.EqualTo(new LaunchConditions
        {
            StealShare = 0.1,
            OtherLoadShare = 0,
            QuotaThrottling = new QuotaThrottling(2, 2),
            CpuHeat = new CpuHeat(1, null),
            CpuClockBefore = new CpuClock(2000, 2000, 2000),
            CpuClockAfter = new CpuClock(3000, 3000, 3000),
        }));
        Assert.That(conditions.Process, Is.EqualTo(new ProcessFacts { AllowedCpus = "0" }));
    }

    [Test]
    public void Stop_DeviceThatCannotBeRead_KeepsTheReason()
    {
        using var meter = ConditionsMeter.Start(_kernel.Files, null, "Nobody is at home.");
        meter.EndOfWarmup(() => Assert.Fail("there is nothing to be kept busy"));

        Assert.That(meter.Stop().GpuUnknown, Is.EqualTo("Nobody is at home."));
    }

    [Test]
    [Platform("Linux")]
    public void Stop_Device_IsReadWhileTheCallingThreadSendsRequests()
    {
        using var nvml = new NvmlStandIn();
        nvml["waits_for_requests"] = 1;
        var caller = Environment.CurrentManagedThreadId;
        using var meter = ConditionsMeter.Start(_kernel.Files, nvml.Meter(), null);

        meter.EndOfWarmup(Request);
        var conditions = meter.Stop(Request);

        // The stand-in gives no power unless requests come while it is asked.
        Assert.That(conditions.GpuBefore?.PowerWatts, Is.EqualTo(549.5));
        Assert.That(conditions.GpuAfter?.PowerWatts, Is.EqualTo(549.5));

        void Request()
        {
            Assert.That(Environment.CurrentManagedThreadId, Is.EqualTo(caller));
            nvml["requests"]++;
        }
    }

    [Test]
    [Platform("Linux")]
    public void Stop_RequestThatFails_FailsTheCaller()
    {
        using var nvml = new NvmlStandIn();
        using var meter = ConditionsMeter.Start(_kernel.Files, nvml.Meter(), null);

        Assert.That(() => meter.Stop(() => throw new InvalidOperationException("the engine died")), Throws.InvalidOperationException);
    }

    [Test]
    public void Start_DeviceThatIsNotKnown_KeepsTheReason()
    {
        using var meter = ConditionsMeter.Start(null, "WebGPU does not tell which device it uses.");

        Assert.That(meter.Stop().GpuUnknown, Is.EqualTo("WebGPU does not tell which device it uses."));
    }

    [Test]
    public void Start_NoSuchDevice_SaysWhyAndMeasuresTheRest()
    {
        using var meter = ConditionsMeter.Start("0000:ff:1f.7");
        meter.EndOfWarmup();

        var conditions = meter.Stop();

        Assert.That(conditions.GpuUnknown, Does.Contain("NVIDIA's management library"));
        Assert.That(conditions.Process, Is.Not.Null);
    }

    private void At(int busy, int idle, int steal, int throttled, int heat, int kilohertz) => _kernel
        .With("proc/stat", $"cpu  {busy} 0 0 {idle} 0 0 0 {steal} 0 0")
        .With("sys/fs/cgroup/cpu.stat", $"nr_throttled {throttled}\nthrottled_usec {throttled}000")
        .With("sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", $"{heat}")
        .With("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", $"{kilohertz}");
}
