using System.Runtime.InteropServices;
using System.Text;
using Bench.Inference.OnnxRuntime.Cuda;

namespace Bench.Inference.Tests.OnnxRuntime.Cuda;

/// <summary>A stand-in for CUDA's runtime, whose device memory is the host's.</summary>
internal sealed unsafe class CudaStandIn : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CudaStandIn()
    {
        var library = _folder.File("libcudart.so.13");
        StandIn.Compile(Repository.File("tests", "Bench.Inference.Tests", "OnnxRuntime", "Cuda", "cuda_runtime.c"), library);
        Library = NativeLibrary.Load(library);
        Runtime = new CudaRuntime(Library);
    }

    public nint Library { get; }

    public CudaRuntime Runtime { get; }

    /// <summary>What was called since the last time that this was asked, a letter each; the source says which.</summary>
    public string Calls
    {
        get
        {
            var count = Number("calls_made");
            var calls = Encoding.ASCII.GetString((byte*)NativeLibrary.GetExport(Library, "calls"), *count);
            *count = 0;
            return calls;
        }
    }

    /// <summary>How many pieces of memory are page-locked.</summary>
    public int Locked => *Number("locked");

    /// <summary>Makes the next call that locks memory fail.</summary>
    public void FailLock(int error) => *Number("next_lock_error") = error;

    /// <summary>Makes the next copy fail.</summary>
    public void FailCopy(int error) => *Number("next_copy_error") = error;

    public void Dispose()
    {
        NativeLibrary.Free(Library);
        _folder.Dispose();
    }

    private int* Number(string name) => (int*)NativeLibrary.GetExport(Library, name);
}
