using Bench.Analysis.Exports;

namespace Bench.Analysis.Tests.Exports;

/// <summary>How versions of BenchmarkDotNet call machines; the lines are made up after 37 real ones.</summary>
public class HostTextTests
{
    [TestCase("Windows 10.0.19042", "Windows")]
    [TestCase("Microsoft Windows NT 6.1.7601 Service Pack 1", "Windows")]
    [TestCase("Windows 11 (10.0.22631.4037/23H2/2023Update/SunValley3) (Hyper-V)", "Windows")]
    [TestCase("ubuntu 24.04", "Linux")]
    [TestCase("Linux Rocky Linux 10.0 (Red Quartz)", "Linux")]
    [TestCase("Arch Linux ARM", "Linux")]
    [TestCase("Unix 5.15.0.1", "Linux")]
    [TestCase("Mac OS X 10.12", "macOS")]
    [TestCase("macOS Tahoe 26.3 (25D771280a) [Darwin 25.3.0]", "macOS")]
    [TestCase("TempleOS 5.03", null)]
    public void SystemFamily_EveryVersion_IsTold(string system, string? family) =>
        Assert.That(HostText.SystemFamily(system), Is.EqualTo(family));

    [TestCase("Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz", "Intel Core i7-8700K CPU 3.70GHz (Coffee Lake)")]
    [TestCase("AMD EPYC 7763 2.44GHz", "AMD EPYC 7763 3.24GHz")]
    [TestCase("AMD EPYC 7763", "AMD EPYC 7763 64-Core Processor")]
    [TestCase("Snapdragon X 12-core X1E80100 3.40 GHz (Max: 3.42GHz)", "Snapdragon X 12-core X1E80100")]
    [TestCase("Intel Core i7-6700 CPU 3.40GHz (Max: 3.41GHz) (Skylake)", "Intel Core i7-6700")]
    public void ProcessorKey_OneProcessorWrittenInTwoWays_IsOne(string one, string other) =>
        Assert.That(HostText.ProcessorKey(one), Is.EqualTo(HostText.ProcessorKey(other)));

    [TestCase("Apple M1 (Virtual)", "Apple M1")]
    [TestCase("Intel Core i7-8700K CPU 3.70GHz", "Intel Core i7-8700 CPU 3.70GHz")]
    [TestCase("AMD EPYC 7763 3.24GHz", "AMD EPYC 7763P 3.24GHz")]
    public void ProcessorKey_TwoProcessors_AreTwo(string one, string other) =>
        Assert.That(HostText.ProcessorKey(one), Is.Not.EqualTo(HostText.ProcessorKey(other)));

    [TestCase("?")]
    [TestCase("Unknown processor")]
    public void ProcessorKey_Unknown_IsNull(string processor) => Assert.That(HostText.ProcessorKey(processor), Is.Null);

    [TestCase(
        "BenchmarkDotNet v0.15.8, Linux Ubuntu 24.04.4 LTS (Noble Numbat)\nAMD EPYC 7763 3.24GHz, 1 CPU, 4 logical and 2 physical cores",
        "0.15.8", "AMD EPYC 7763 3.24GHz", "4", "2")]
    [TestCase(
        "BenchmarkDotNet=v0.10.6, OS=Windows 10 Redstone 1 (10.0.14393)\n"
        + "Processor=Intel Core i7-4790 CPU 3.60GHz (Haswell), ProcessorCount=8",
        "0.10.6", "Intel Core i7-4790 CPU 3.60GHz (Haswell)", "8", null)]
    [TestCase("BenchmarkDotNet v0.13.5, ubuntu 24.04\nQEMU Virtual CPU version 2.5+, 1 CPU, 1 logical core and 1 physical core", "0.13.5",
        "QEMU Virtual CPU version 2.5+", "1", "1")]
    [TestCase("BenchmarkDotNet v0.13.3, Windows 10 (10.0.17763), VM=Hyper-V\nAMD Ryzen 9 5950X, 2 CPU, 32 logical and 16 physical cores",
        "0.13.3", "AMD Ryzen 9 5950X", "32", "16")]
    public void Machine_HeadsOfTables_AreRead(string head, string version, string processor, string logical, string? physical)
    {
        var facts = HostText.Machine(head.Split('\n'));

        Assert.That(facts[MachineTraits.BenchmarkDotNet], Is.EqualTo(version));
        Assert.That(facts[MachineTraits.Processor], Is.EqualTo(processor));
        Assert.That(facts[MachineTraits.Cores], Is.EqualTo(logical));
        Assert.That(facts.GetValueOrDefault(MachineTraits.PhysicalCores), Is.EqualTo(physical));
    }

    [Test]
    public void SharedColumns_LinesAboveATable_AreItsColumns() => Assert.That(
        HostText.SharedColumns(["[Host]     : .NET 9.0.1, X64 RyuJIT", "IterationCount=5  LaunchCount=1  ",
            "Runtime=.NET 9.0  Quotes=False"]),
        Is.EqualTo(new[]
        {
            KeyValuePair.Create("IterationCount", "5"), KeyValuePair.Create("LaunchCount", "1"), KeyValuePair.Create("Runtime", ".NET 9.0"),
            KeyValuePair.Create("Quotes", "False"),
        }));

    // The same machine, by 0.14.0 and by 0.15.8.
    [Test]
    public void System_AndRuntime_AreTheSameOverVersions()
    {
        Assert.That(HostText.System("Linux Debian GNU/Linux 12 (bookworm)"), Is.EqualTo(HostText.System("Debian GNU/Linux 12 (bookworm)")));
        Assert.That(HostText.System("Windows 11 (10.0.26100.1742)"), Is.EqualTo("Windows 11 (10.0.26100.1742)"));
        Assert.That(
            HostText.Runtime(".NET 10.0.12 (10.0.12, 10.0.1226.42308)"), Is.EqualTo(HostText.Runtime(".NET 10.0.12 (10.0.1226.42308)")));
    }
}
