using Bench.Analysis.Fleets;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Fleets;

namespace Bench.EndToEnd.Tests.Fleets;

/// <summary>Why a worker leaves a machine alone.</summary>
public class MachineFitnessTests
{
    private static readonly MachineFacts Machine = new()
    {
        Name = "n1",
        Os = "linux",
        OsVersion = "x",
        Architecture = "x64",
        Cpu = "AMD EPYC 9654",
        CpuQuota = 16,
        MemoryBytes = 66L << 30,
        Gpus = [new GpuFacts("NVIDIA H200", "580")],
    };

    private static readonly GpuReading AtRest = new() { Utilisation = 0, OtherProcesses = 0, ThrottleReasons = ["idle"] };

    private static readonly MachineState Quiet = new(0.01, 0, new QuotaThrottling(0, 0), new CpuHeat(0, 0), [AtRest]);

    [Test]
    public void Faults_WhatThePlanAsksFor_AreNone() => Assert.That(
        MachineFitness.Faults(
            new MachineKind { Name = "a", Cpu = "epyc", Gpu = "h200", Cores = 16, MemoryGiB = 64 }, Machine, Quiet), Is.Empty);

    [TestCase("xeon", null, null, "found the processor 'AMD EPYC 9654'; expected 'xeon' in its name.")]
    [TestCase(null, "H100", null, "found NVIDIA H200; expected 1 with 'H100' in the name.")]
    [TestCase(null, "H200", 2, "found NVIDIA H200; expected 2 with 'H200' in the name.")]
    [TestCase(null, null, 2, "found NVIDIA H200; expected 2 of them.")]
    public void Faults_AnotherMachine_AreNamed(string? cpu, string? gpu, int? gpus, string fault) => Assert.That(
        MachineFitness.Faults(new MachineKind { Name = "a", Cpu = cpu, Gpu = gpu, Gpus = gpus }, Machine, Quiet), Is.EqualTo([fault]));

    [Test]
    public void Faults_LessThanThePlanReserves_AreNamed() => Assert.That(
        MachineFitness.Faults(new MachineKind { Name = "a", Cores = 32, MemoryGiB = 128 }, Machine, Quiet), Is.EqualTo([
            "found 16 cores that may be used; expected 32.", "found 66 GiB of memory; expected 128."]));

    [Test]
    public void Faults_OtherLoad_IsNamedBeyondWhatIsAllowed()
    {
        var busy = Quiet with { OtherLoadShare = 0.4 };

        Assert.That(MachineFitness.Faults(new MachineKind { Name = "a" }, Machine, busy), Is.EqualTo([
            "other programs use 40 % of the machine; expected 10 % at most."]));
        Assert.That(MachineFitness.Faults(new MachineKind { Name = "a", MostOtherLoad = 1 }, Machine, busy), Is.Empty);
        Assert.That(MachineFitness.Faults(new MachineKind { Name = "a" }, Machine, Quiet with { OtherLoadShare = null }), Is.Empty);
    }

    [Test]
    public void Faults_HypervisorQuotaOrHeat_AreNamed() => Assert.That(
        MachineFitness.Faults(
            new MachineKind { Name = "a" }, Machine,
            Quiet with { StealShare = 0.25, Throttling = new QuotaThrottling(3, 120), Heat = new CpuHeat(0, 2) }),
        Is.EqualTo([
            "the hypervisor gives 25 % of the machine to others; expected 10 % at most.",
            "the quota of processor time stopped this machine's programs before anything was measured (120 ms).",
            "the processor lowers its clock for heat while it rests."]));

    [Test]
    public void Faults_GpuThatIsHeldDownOrBusy_AreNamed()
    {
        var hot = AtRest with { ThrottleReasons = ["idle", "hardware-thermal-slowdown"], OtherProcesses = 2, Utilisation = 0.5 };

        Assert.That(
            MachineFitness.Faults(new MachineKind { Name = "a" }, Machine, Quiet with { Gpus = [hot] }), Is.Empty, "nobody asks for a GPU");
        Assert.That(MachineFitness.Faults(new MachineKind { Name = "a", Gpus = 1 }, Machine, Quiet with { Gpus = [hot] }), Is.EqualTo([
            "others compute on a GPU (2 processes, 50 % of the time).",
            "the clock of a GPU is held down: hardware-thermal-slowdown."]));
    }
}
