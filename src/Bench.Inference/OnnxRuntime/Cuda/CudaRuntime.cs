using System.Runtime.InteropServices;

namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>What Bench itself calls of CUDA's runtime: page-locking of host memory, and copies to and from a device.</summary>
/// <remarks>https://docs.nvidia.com/cuda/cuda-runtime-api/, "Device Management", "Memory Management", "API synchronization behavior".
/// </remarks>
internal sealed unsafe class CudaRuntime
{
    private const int HostToDevice = 1;
    private const int DeviceToHost = 2;

    private static readonly Lazy<CudaRuntime?> Found =
        new(() => NvidiaLibrary.Load(NvidiaLibrary.Runtime) is var library and not 0 ? new CudaRuntime(library) : null);

    private readonly delegate* unmanaged<int, int> _setDevice;
    private readonly delegate* unmanaged<void*, nuint, uint, int> _hostRegister;
    private readonly delegate* unmanaged<void*, int> _hostUnregister;
    private readonly delegate* unmanaged<void*, void*, nuint, int, int> _memcpy;
    private readonly delegate* unmanaged<void*, int> _streamSynchronize;
    private readonly delegate* unmanaged<int, byte*> _getErrorString;

    /// <param name="library">The runtime's library, loaded.</param>
    internal CudaRuntime(nint library)
    {
        _setDevice = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, "cudaSetDevice");
        _hostRegister = (delegate* unmanaged<void*, nuint, uint, int>)NativeLibrary.GetExport(library, "cudaHostRegister");
        _hostUnregister = (delegate* unmanaged<void*, int>)NativeLibrary.GetExport(library, "cudaHostUnregister");
        _memcpy = (delegate* unmanaged<void*, void*, nuint, int, int>)NativeLibrary.GetExport(library, "cudaMemcpy");
        _streamSynchronize = (delegate* unmanaged<void*, int>)NativeLibrary.GetExport(library, "cudaStreamSynchronize");
        _getErrorString = (delegate* unmanaged<int, byte*>)NativeLibrary.GetExport(library, "cudaGetErrorString");
    }

    /// <summary>The runtime of this process.</summary>
    /// <param name="knob">Which knob needs it, for the message.</param>
    /// <exception cref="InferenceException">It is not here; the message says what to do.</exception>
    public static CudaRuntime For(string knob) => Found.Value ?? throw new InferenceException(
        $"{knob} needs CUDA's runtime library, and found none of {string.Join(", ", NvidiaLibrary.Runtime)} on the library search path. "
        + $"Install CUDA 13 (or pip install nvidia-cuda-runtime), or leave {knob} out.");

    /// <summary>Makes a device that of the calling thread.</summary>
    public void SetDevice(int index) => Check(_setDevice(index), "cudaSetDevice");

    /// <summary>Keeps pages of host memory where they are, for the device to reach them by itself.</summary>
    public void Lock(nint address, nuint bytes) => Check(_hostRegister((void*)address, bytes, 0), "cudaHostRegister");

    /// <summary>Undoes <see cref="Lock"/>.</summary>
    public void Unlock(nint address) => Check(_hostUnregister((void*)address), "cudaHostUnregister");

    /// <summary>Copies to the device, and returns when the values are there: for memory that is not page-locked the call alone returns
    /// when they are on their way.</summary>
    public void CopyToDevice(nint device, nint host, long bytes)
    {
        Check(_memcpy((void*)device, (void*)host, (nuint)bytes, HostToDevice), "cudaMemcpy to the device");
        Check(_streamSynchronize(null), "cudaStreamSynchronize");
    }

    /// <summary>Copies from the device, and returns when the values are there.</summary>
    public void CopyToHost(nint host, nint device, long bytes) =>
        Check(_memcpy((void*)host, (void*)device, (nuint)bytes, DeviceToHost), "cudaMemcpy from the device");

    private void Check(int result, string what)
    {
        if (result != 0)
        {
            throw new InferenceException($"CUDA: {what} failed: {Marshal.PtrToStringUTF8((nint)_getErrorString(result))} ({result}).");
        }
    }
}
