using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

public class CpuClockTests
{
    private const string Cpus = "sys/devices/system/cpu";

    private FakeKernel _kernel = null!;

    [SetUp]
    public void SetUp() => _kernel = new FakeKernel();

    [TearDown]
    public void TearDown() => _kernel.Dispose();

    [Test]
    public void Read_FrequenciesOfTheProcessorsAllowed_AreMegahertz()
    {
        _kernel.With($"{Cpus}/cpu0/cpufreq/scaling_cur_freq", "800000").With($"{Cpus}/cpu1/cpufreq/scaling_cur_freq", "3000000")
            .With($"{Cpus}/cpu2/cpufreq/scaling_cur_freq", "3400000").With($"{Cpus}/cpu3/cpufreq/scaling_cur_freq", "<unknown>");

        Assert.That(CpuClockProbe.Read(_kernel.Files, [1, 2, 3]), Is.EqualTo(new CpuClock(3200, 3000, 3400)));
    }

    [Test]
    public void Read_WithoutFrequencies_TakesThoseOfCpuInfo()
    {
        _kernel.With("proc/cpuinfo", """
            processor	: 0
            cpu MHz		: 1000.5
            processor	: 1
            model name	: CPU: of colons
            cpu MHz		: 2596.120
            """);

        Assert.That(CpuClockProbe.Read(_kernel.Files, [1]), Is.EqualTo(new CpuClock(2596.12, 2596.12, 2596.12)));
    }

    [Test]
    public void Read_NothingTold_IsNull() => Assert.That(CpuClockProbe.Read(_kernel.Files, [0, 1]), Is.Null);

    [Test]
    public void Governor_SeveralOfThem_AreNamedOnceEach()
    {
        _kernel.With($"{Cpus}/cpu0/cpufreq/scaling_governor", "powersave").With($"{Cpus}/cpu1/cpufreq/scaling_governor", "performance")
            .With($"{Cpus}/cpu2/cpufreq/scaling_governor", "powersave");

        Assert.That(CpuClockProbe.Governor(_kernel.Files, [0, 1, 2]), Is.EqualTo("performance, powersave"));
        Assert.That(CpuClockProbe.Governor(_kernel.Files, [3]), Is.Null);
    }

    [TestCase("cpufreq/boost", "1", true)]
    [TestCase("cpufreq/boost", "0", false)]
    [TestCase("intel_pstate/no_turbo", "1", false)]
    [TestCase("intel_pstate/no_turbo", "0", true)]
    [TestCase("intel_pstate/status", "off", null)]
    public void Boost_SwitchOfTheDriver_IsTold(string file, string value, bool? expected)
    {
        _kernel.With($"{Cpus}/{file}", value);

        Assert.That(CpuClockProbe.Boost(_kernel.Files), Is.EqualTo(expected));
    }

    [Test]
    public void Stop_HeatThatThreadsOfACoreTellTwice_CountsOnce()
    {
        Heat(0, core: 10, package: 20);
        Heat(1, core: 10, package: 20);
        Heat(2, core: 5, package: 20);
        var meter = HeatMeter.Start(_kernel.Files, [0, 1, 2]);
        Heat(0, core: 13, package: 21);
        Heat(1, core: 13, package: 21);

        Assert.That(meter.Stop(), Is.EqualTo(new CpuHeat(3, 1)));
    }

    [Test]
    public void Stop_NoCountersOfHeat_KnowsNothing() => Assert.That(HeatMeter.Start(_kernel.Files, [0, 1]).Stop(), Is.Null);

    private void Heat(int cpu, int core, int package) => _kernel
        .With($"{Cpus}/cpu{cpu}/thermal_throttle/core_throttle_count", $"{core}")
        .With($"{Cpus}/cpu{cpu}/thermal_throttle/package_throttle_count", $"{package}");
}
