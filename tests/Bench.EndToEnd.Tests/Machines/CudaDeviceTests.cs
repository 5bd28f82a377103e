using System.Diagnostics;
using System.Runtime.InteropServices;
using Bench.Benchmarks.Machines.Gpus;

namespace Bench.EndToEnd.Tests.Machines;

/// <summary>How CUDA's driver is asked, against a stand-in with the driver's own entry points.</summary>
[Platform("Linux")]
public class CudaDeviceTests
{
    [TestCase(0, 1, "0000:17:00.0")]
    [TestCase(0, 5, null)]
    [TestCase(100, 1, null)]
    public void PciBusId_NumberOfADevice_IsThatDevicesOrNull(int initResult, int ordinal, string? expected)
    {
        using var folder = new TemporaryFolder();
        var code = folder.Write("cuda.c", $$"""
            #include <string.h>
            int cuInit(unsigned flags) { return {{initResult}}; }
            int cuDeviceGet(int* device, int ordinal) { *device = 7 + ordinal; return ordinal < 2 ? 0 : 101; }
            int cuDeviceGetPCIBusId(char* id, int length, int device)
            {
                strncpy(id, device == 8 ? "0000:17:00.0" : "0000:65:00.0", length);
                return 0;
            }
            """);
        var library = folder.File("libcuda.so.1");
        try
        {
            using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", library, code]);
            compiler.WaitForExit();
            Assert.That(compiler.ExitCode, Is.Zero);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("needs a C compiler (Debian: apt install gcc libc6-dev)");
        }

        var handle = NativeLibrary.Load(library);
        try
        {
            Assert.That(CudaDevice.PciBusId(handle, ordinal), Is.EqualTo(expected));
        }
        finally
        {
            NativeLibrary.Free(handle);
        }
    }
}
