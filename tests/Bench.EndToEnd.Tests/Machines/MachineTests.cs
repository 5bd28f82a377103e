using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

public class MachineTests
{
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
