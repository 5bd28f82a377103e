using System.Diagnostics;
using System.Runtime.InteropServices;
using Bench.Inference.OnnxRuntime.Cuda;

namespace Bench.Inference.Tests.OnnxRuntime;

/// <summary>How NVIDIA's driver is asked, against a stand-in with the driver's own entry points.</summary>
[Platform("Linux")]
public class NvidiaDriverTests
{
    [TestCase(0, "Stand-in H200, driver for CUDA 13.1")]
    [TestCase(100, null)]
    public void FirstGpu_DriverThatIsLoaded_TellsTheDeviceOrThatThereIsNone(int initResult, string? expected)
    {
        using var folder = new TemporaryFolder();
        var code = folder.Write("cuda.c", $$"""
            int cuInit(unsigned flags) { return {{initResult}}; }
            int cuDeviceGet(int* device, int ordinal) { *device = 0; return 0; }
            int cuDeviceGetName(char* name, int length, int device)
            {
                const char* n = "Stand-in H200";
                for (int i = 0; i < 14; i++) name[i] = n[i];
                return 0;
            }
            int cuDriverGetVersion(int* version) { *version = 13010; return 0; }
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
            Assert.That(NvidiaDriver.FirstGpu(handle), Is.EqualTo(expected));
        }
        finally
        {
            NativeLibrary.Free(handle);
        }
    }
}
