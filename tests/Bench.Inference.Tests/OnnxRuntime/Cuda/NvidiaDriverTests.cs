using System.Runtime.InteropServices;
using Bench.Inference.OnnxRuntime;
using Bench.Inference.OnnxRuntime.Cuda;

namespace Bench.Inference.Tests.OnnxRuntime.Cuda;

/// <summary>How NVIDIA's driver is asked, against a stand-in with the driver's own entry points.</summary>
[Platform("Linux")]
public unsafe class NvidiaDriverTests
{
    private TemporaryFolder _folder = null!;
    private nint _library;

    [OneTimeSetUp]
    public void LoadStandIn()
    {
        _folder = new TemporaryFolder();
        var library = _folder.File("libcuda.so.1");
        StandIn.Compile(Repository.File("tests", "Bench.Inference.Tests", "OnnxRuntime", "Cuda", "cuda_driver.c"), library);
        _library = NativeLibrary.Load(library);
    }

    [OneTimeTearDown]
    public void FreeStandIn()
    {
        if (_library != 0)
        {
            NativeLibrary.Free(_library);
        }

        _folder.Dispose();
    }

    [Test]
    public void Ask_TwoDevices_TellsThemInTheOrderOfTheirIndices()
    {
        var devices = NvidiaDriver.Ask(_library);

        Assert.That(devices, Is.EqualTo([
            new NvidiaDevice("Stand-in H200", "13.1")
            {
                PciBusId = "0000:18:00.0",
                Uuid = "GPU-00112233-4455-6677-8899-aabbccddeeff",
                ComputeCapabilityMajor = 9,
            },
            new NvidiaDevice("Stand-in T4", "13.1")
            {
                Uuid = "GPU-01122334-4556-6778-899a-abbccddeef00",
                ComputeCapabilityMajor = 7,
            }]));
        Assert.That(devices[0].Facts, Is.EqualTo(new DeviceFacts("Stand-in H200, driver for CUDA 13.1", false)
        {
            PciBusId = "0000:18:00.0",
            Uuid = "GPU-00112233-4455-6677-8899-aabbccddeeff",
        }));
        Assert.That(devices.Select(device => device.LacksTensorFloat), Is.EqualTo([false, true]), "Turing is older than Ampere");
    }

    [Test]
    public void Ask_DriverWithoutADevice_TellsNone()
    {
        var result = (int*)NativeLibrary.GetExport(_library, "init_result");
        *result = 100;
        try
        {
            Assert.That(NvidiaDriver.Ask(_library), Is.Empty);
        }
        finally
        {
            *result = 0;
        }
    }

    [Test]
    public void Versions_DriverAlone_TellsTheOthersAsUnknown() =>
        Assert.That(NvidiaVersions.Ask(_library, 0, 0, 0), Is.EqualTo(new NvidiaVersions("13.1", "unknown", "unknown", "unknown")));
}
