using Bench.Analysis.Runs;
using Bench.Benchmarks.Machines.Gpus;

namespace Bench.EndToEnd.Tests.Machines;

[Platform("Linux")]
public class GpuMeterTests
{
    private const int OwnProcess = 42;

    private NvmlStandIn _nvml = null!;

    [SetUp]
    public void SetUp() => _nvml = new NvmlStandIn();

    [TearDown]
    public void TearDown() => _nvml?.Dispose();

    [TestCase("0000:17:00.0", 1980)]
    [TestCase("00000000:65:00.0", 1410)]
    [TestCase("GPU-bbbbbbbb-0000-0000-0000-000000000017", 1980)]
    [TestCase("GPU-aaaaaaaa-0000-0000-0000-000000000065", 1410)]
    public void Open_IdOfADevice_ReadsThatDeviceWhateverItsPlace(string id, double clock)
    {
        using var meter = _nvml.Open(id, OwnProcess, out var reason);

        Assert.That(reason, Is.Null);
        Assert.That(meter!.Read().SmClockMHz, Is.EqualTo(clock));
    }

    [Test]
    public void Read_DeviceThatTellsEverything_GivesItInItsUnits()
    {
        using var meter = _nvml.Meter();

        var reading = meter.Read();

        Assert.That(reading with { ThrottleReasons = null }, Is.EqualTo(new GpuReading
        {
            SmClockMHz = 1980,
            MaxSmClockMHz = 1985,
            MemoryClockMHz = 3201,
            TemperatureCelsius = 61,
            PowerWatts = 549.5,
            PowerLimitWatts = 700,
            Utilisation = 0.97,
            UncorrectedMemoryErrors = 2,
        }));
        Assert.That(reading.ThrottleReasons, Is.Empty);
    }

    [Test]
    public void Read_DeviceThatTellsNothing_IsEmpty()
    {
        _nvml["tells_nothing"] = 1;
        using var meter = _nvml.Meter();

        Assert.That(meter.Read(), Is.EqualTo(new GpuReading()));
    }

    [Test]
    public void Read_ReasonsToThrottle_AreNamed()
    {
        // Power cap (4), slowdown of the hardware for heat (0x40), and a bit that nobody knows yet.
        _nvml["reasons"] = 0x10044;
        using var meter = _nvml.Meter();

        Assert.That(meter.Read().ThrottleReasons, Is.EqualTo(new[] { "power-cap", "hardware-thermal-slowdown", "bit-16" }));
    }

    [TestCase(new[] { OwnProcess }, new int[0], 0, TestName = "Read_ThisProcessAlone_CountsNone")]
    [TestCase(new[] { 7, OwnProcess, 9 }, new int[0], 2, TestName = "Read_OthersBesideThisProcess_CountsThem")]
    [TestCase(new[] { 7 }, new[] { OwnProcess }, 1, TestName = "Read_ThisProcessDraws_CountsThoseThatCompute")]
    [TestCase(new int[0], new[] { OwnProcess, 3 }, 0, TestName = "Read_OtherDraws_IsNotCounted")]
    [TestCase(new int[0], new int[0], null, TestName = "Read_ListWithoutThisProcess_KnowsNothing")]
    [TestCase(new[] { 1234 }, new int[0], 0, TestName = "Read_OneUnknownNumber_MayBeThisProcess")]
    [TestCase(new[] { 1234, 1235 }, new int[0], 1, TestName = "Read_TwoUnknownNumbers_AreOneOtherAtLeast")]
    public void Read_Processes(int[] computing, int[] drawing, int? expected)
    {
        List("compute", computing);
        List("graphics", drawing);
        using var meter = _nvml.Meter();

        Assert.That(meter.Read().OtherProcesses, Is.EqualTo(expected));
    }

    [Test]
    public void Read_MoreProcessesThanExpected_CountsThemAll()
    {
        List("compute", [.. Enumerable.Range(OwnProcess, 200)]);
        using var meter = _nvml.Meter();

        Assert.That(meter.Read().OtherProcesses, Is.EqualTo(199));
    }

    [TestCase("0000:17:00.0", 1)]
    [TestCase("MIG-cccccccc-0000-0000-0000-000000000017", 1)]
    [TestCase("MIG-cccccccc-0000-0000-0000-000000000017", 0)]
    public void Open_DeviceInParts_SaysThatItCannotBeTold(string id, int mode)
    {
        _nvml["mig_mode"] = mode;

        Assert.That(_nvml.Open(id, OwnProcess, out var reason), Is.Null);
        Assert.That(reason, Does.Contain(id).And.Contain("MIG"));
        Assert.That(_nvml["open_libraries"], Is.Zero);
    }

    [Test]
    public void Open_UnknownDevice_SaysSo()
    {
        Assert.That(_nvml.Open("0000:99:00.0", OwnProcess, out var reason), Is.Null);
        Assert.That(reason, Is.EqualTo("NVIDIA's management library does not know the device 0000:99:00.0: Not Found."));
        Assert.That(_nvml["open_libraries"], Is.Zero);
    }

    [Test]
    public void TryOpen_DriverThatDoesNotStart_SaysWhy()
    {
        _nvml["init_result"] = 9;

        Assert.That(Nvml.TryOpen([_nvml.Path], out var reason), Is.Null);
        Assert.That(reason, Does.Contain("Driver Not Loaded"));
    }

    [Test]
    public void TryOpen_NoLibrary_SaysWhatWasExpected()
    {
        Assert.That(Nvml.TryOpen([_nvml.Path + ".missing"], out var reason), Is.Null);
        Assert.That(reason, Does.Contain("libnvidia-ml.so.1"));
    }

    [Test]
    public void Dispose_LastMeter_ShutsTheLibraryDown()
    {
        var meter = _nvml.Meter();
        Assert.That(_nvml["open_libraries"], Is.EqualTo(1));

        meter.Dispose();

        Assert.That(_nvml["open_libraries"], Is.Zero);
    }

    [Test]
    public void Read_AllDevices_AreListedWithTheirIdentity()
    {
        using var nvml = _nvml.Open();

        Assert.That(GpuProbe.Read(nvml), Is.EqualTo(new[]
        {
            new GpuFacts("Stand-in A100", "580.65.06")
            {
                PciBusId = "00000000:65:00.0",
                Uuid = "GPU-aaaaaaaa-0000-0000-0000-000000000065",
                MemoryBytes = 150754820096,
                PowerLimitWatts = 700,
            },
            new GpuFacts("Stand-in H200", "580.65.06")
            {
                PciBusId = "00000000:17:00.0",
                Uuid = "GPU-bbbbbbbb-0000-0000-0000-000000000017",
                MemoryBytes = 150754820096,
                PowerLimitWatts = 700,
                IsDivided = false,
            },
        }));
    }

    private void List(string kind, int[] processes)
    {
        _nvml[$"{kind}_count"] = processes.Length;
        for (var i = 0; i < processes.Length; i++)
        {
            _nvml[$"{kind}_processes", i] = processes[i];
        }
    }
}
