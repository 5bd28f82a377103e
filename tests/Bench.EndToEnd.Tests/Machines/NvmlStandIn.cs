using System.Diagnostics;
using System.Runtime.InteropServices;
using Bench.Benchmarks.Machines.Gpus;

namespace Bench.EndToEnd.Tests.Machines;

/// <summary>A stand-in for NVIDIA's management library, compiled by the test. Its variables say what its devices do.</summary>
internal sealed class NvmlStandIn : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly nint _library;

    public NvmlStandIn()
    {
        Path = _folder.File("libnvidia-ml.so.1");
        try
        {
            using var compiler = Process.Start(
                "cc", ["-shared", "-fPIC", "-o", Path, Repository.File("tests", "Bench.EndToEnd.Tests", "Machines", "nvml_stand_in.c")]);
            compiler.WaitForExit();
            Assert.That(compiler.ExitCode, Is.Zero);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            _folder.Dispose();
            Assert.Ignore("needs a C compiler (Debian: apt install gcc libc6-dev)");
        }

        _library = NativeLibrary.Load(Path);
    }

    public string Path { get; }

    /// <summary>A variable of the stand-in, or a place in one of its lists.</summary>
    public int this[string variable, int index = 0]
    {
        get => Marshal.ReadInt32(NativeLibrary.GetExport(_library, variable), index * sizeof(int));
        set => Marshal.WriteInt32(NativeLibrary.GetExport(_library, variable), index * sizeof(int), value);
    }

    public Nvml Open() => Nvml.TryOpen([Path], out var reason) ?? throw new InvalidOperationException(reason);

    public GpuMeter? Open(string id, int ownProcess, out string? reason) => GpuMeter.Open(Open(), id, (uint)ownProcess, out reason);

    /// <summary>Opens the device that the tests ask for, which is the second in the library's list.</summary>
    public GpuMeter Meter() => Open("0000:17:00.0", 42, out var reason) ?? throw new InvalidOperationException(reason);

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        _folder.Dispose();
    }
}
