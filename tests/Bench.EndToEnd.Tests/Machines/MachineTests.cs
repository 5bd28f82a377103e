using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

public class MachineTests
{
    [TestCase("150000 100000", 1.5)]
    [TestCase("max 100000", null)]
    [TestCase("nonsense", null)]
    public void Read_CpuMaxOfControlGroupsVersion2_GivesTheQuota(string text, double? expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("cpu.max", text + "\n");

        Assert.That(CpuQuota.Read(folder.Path), Is.EqualTo(expected));
    }

    [TestCase("200000", "100000", 2.0)]
    [TestCase("-1", "100000", null)]
    public void Read_CfsOfControlGroupsVersion1_GivesTheQuota(string quota, string period, double? expected)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("cpu"));
        folder.Write("cpu/cpu.cfs_quota_us", quota);
        folder.Write("cpu/cpu.cfs_period_us", period);

        Assert.That(CpuQuota.Read(folder.Path), Is.EqualTo(expected));
    }

    [Test]
    public void Parse_LineOfProcStat_AddsUp()
    {
        var times = LoadMeter.CpuTimes.Parse("cpu  100 10 30 800 40 5 5 20 0 0");

        Assert.That(times, Is.EqualTo(new LoadMeter.CpuTimes(Busy: 150, Steal: 20, Total: 1010)));
    }

    [TestCase("cpu 1 2 3")]
    [TestCase("intr 1 2 3 4 5 6 7 8 9")]
    [TestCase("cpu a b c d e f g h i")]
    public void Parse_OtherLine_KnowsNothing(string line) => Assert.That(LoadMeter.CpuTimes.Parse(line), Is.Null);

    [TestCase("32768K", 33554432)]
    [TestCase("16M", 16777216)]
    [TestCase("", 0)]
    [TestCase("many", 0)]
    public void ParseCacheSize_TextOfTheKernel_GivesBytes(string text, long expected) =>
        Assert.That(MachineProbe.ParseCacheSize(text), Is.EqualTo(expected));

    [TestCase("Büro_PC.local", "b-ro-pc-local")]
    [TestCase("___", "machine")]
    public void SafeName_HostName_IsFitForAFolder(string name, string expected) =>
        Assert.That(MachineProbe.SafeName(name), Is.EqualTo(expected));

    [Test]
    public void Read_ThisMachine_KnowsWhatEveryMachineHas()
    {
        var machine = MachineProbe.Read();

        Assert.That(machine.LogicalCores, Is.GreaterThan(0));
        Assert.That(machine.CpuQuota, Is.GreaterThan(0).And.LessThanOrEqualTo(machine.LogicalCores));
        Assert.That(machine.Cpu, Is.Not.Empty);
    }
}
