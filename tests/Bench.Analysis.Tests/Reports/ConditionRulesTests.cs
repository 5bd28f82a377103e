using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Reports;

public class ConditionRulesTests
{
    private static readonly LaunchConditions Quiet = new()
    {
        Process = new ProcessFacts { Nice = 0, Scheduler = "SCHED_OTHER", AllowedCpus = "0-7" },
        QuotaThrottling = new QuotaThrottling(0, 0),
        CpuHeat = new CpuHeat(0, 0),
        GpuBefore = Gpu("idle"),
        GpuAfter = Gpu("application-clocks"),
        StealShare = 0,
        OtherLoadShare = 0,
    };

    [Test]
    public void Warnings_NothingHappened_AreNone() => Assert.That(Warnings(Quiet, Quiet), Is.Empty);

    [Test]
    public void Warnings_NothingRecorded_AreNone() => Assert.That(Warnings(null, new LaunchConditions()), Is.Empty);

    private static IEnumerable<TestCaseData> Happenings()
    {
        yield return Case(
            Quiet with { GpuAfter = Gpu("power-cap", "hardware-thermal-slowdown") },
            "the GPU lowered its clock for heat in launch 2 (hardware-thermal-slowdown).",
            "the GPU lowered its clock for power in launch 2 (power-cap).");
        yield return Case(
            Quiet with { GpuBefore = Gpu("hardware-slowdown", "power-brake") },
            "the GPU lowered its clock for power in launch 2 (power-brake).");
        yield return Case(
            Quiet with { GpuBefore = Gpu("hardware-slowdown") },
            "the GPU lowered its clock for heat or power in launch 2 (hardware-slowdown).");
        yield return Case(Quiet with { CpuHeat = new CpuHeat(null, 3) }, "the processor lowered its clock for heat in launch 2.");
        yield return Case(
            Quiet with { QuotaThrottling = new QuotaThrottling(4, 12.34) },
            "the quota of processor time was used up in launch 2, and the process stopped (for up to 12.3 ms of a launch, summed over "
            + "processors).");
        yield return Case(
            Quiet with { GpuAfter = Gpu() with { OtherProcesses = 2 } }, "other processes used the GPU in launch 2 (at least 2).");
        yield return Case(
            Quiet with
            {
                GpuBefore = Gpu() with { UncorrectedMemoryErrors = 1 },
                GpuAfter = Gpu() with { UncorrectedMemoryErrors = 2 },
            },
            "the GPU's memory had errors that could not be corrected in launch 2.");
        yield return Case(
            Quiet with { Process = Quiet.Process! with { Nice = -11 } },
            "launches ran at different priorities: nice 0, SCHED_OTHER in launch 1; nice -11, SCHED_OTHER in launch 2.");
        yield return Case(
            Quiet with { Process = Quiet.Process! with { AllowedCpus = "0-3" } },
            "launches were allowed different processors: 0-7 in launch 1; 0-3 in launch 2.");
        yield return Case(
            Quiet with { GpuUnknown = "It is divided." }, "clock, heat and load of the GPU are not known: It is divided.");
        yield return Case(Quiet with { StealShare = 0.031 }, "the hypervisor took 3.1 % of the time of a launch.");
        yield return Case(Quiet with { OtherLoadShare = 0.05 }, "other processes used 5.0 % of the machine during a launch.");

        static TestCaseData Case(LaunchConditions conditions, params string[] expected) =>
            new TestCaseData(conditions, expected).SetArgDisplayNames(expected[0]);
    }

    [TestCaseSource(nameof(Happenings))]
    public void Warnings_SomethingHappenedInOneLaunch_NameItAndTheLaunch(LaunchConditions conditions, string[] expected) =>
        Assert.That(Warnings(Quiet, conditions), Is.EqualTo(expected));

    [Test]
    public void Warnings_SomethingHappenedInEveryLaunch_SaySo()
    {
        var hot = Quiet with { CpuHeat = new CpuHeat(1, 0) };

        Assert.That(Warnings(hot, hot), Is.EqualTo(new[] { "the processor lowered its clock for heat in all launches." }));
    }

    [Test]
    public void ReadManifest_ConditionsOfALaunch_ComeBackAsTheyWere()
    {
        using var run = new TemporaryFolder();
        var manifest = RunFixture.Manifest();
        var launches = new[] { manifest.Cells[0].Launches[0] with { Conditions = Quiet with { GpuUnknown = "why" } } };
        var folder = new RunFolder(run.Path);
        folder.WriteManifest(manifest with { Cells = [manifest.Cells[0] with { Launches = launches }] });

        var conditions = folder.ReadManifest().Cells[0].Launches[0].Conditions!;

        Assert.That(conditions.GpuAfter!.ThrottleReasons, Is.EqualTo(new[] { "application-clocks" }));
        Assert.That(
            conditions with { GpuBefore = null, GpuAfter = null },
            Is.EqualTo(Quiet with { GpuUnknown = "why", GpuBefore = null, GpuAfter = null }));
    }

    [TestCase(0ul, new string[0])]
    [TestCase(0x21ul, new[] { "idle", "software-thermal-slowdown" })]
    [TestCase(0x1C8ul, new[] { "hardware-slowdown", "hardware-thermal-slowdown", "power-brake", "display-clocks" })]
    [TestCase(1ul << 63, new[] { "bit-63" })]
    public void Of_BitsOfNvml_AreNamed(ulong bits, string[] expected) => Assert.That(ThrottleReasons.Of(bits), Is.EqualTo(expected));

    private static GpuReading Gpu(params string[] reasons) => new()
    {
        SmClockMHz = 1980,
        ThrottleReasons = reasons,
        OtherProcesses = 0,
        UncorrectedMemoryErrors = 1,
    };

    private static IEnumerable<string> Warnings(params LaunchConditions?[] launches)
    {
        var manifest = RunFixture.Manifest();
        var launch = manifest.Cells[0].Launches[0];
        var cell = manifest.Cells[0] with
        {
            Launches = [.. launches.Select((conditions, place) => launch with
            {
                Round = place + 1,
                StealShare = null,
                OtherLoadShare = null,
                Conditions = conditions,
            })],
        };
        return TrustRules.Warnings(manifest, cell, null);
    }
}
