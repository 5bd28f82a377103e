using System.Runtime.InteropServices;

namespace Bench.Inference.OnnxRuntime;

/// <summary>The one entry point of ONNX Runtime's C API that never changes: it tells the version before anything else is called.</summary>
/// <remarks>https://github.com/microsoft/onnxruntime/blob/main/include/onnxruntime/core/session/onnxruntime_c_api.h,
/// struct OrtApiBase.</remarks>
internal static unsafe class OrtApiBase
{
    [StructLayout(LayoutKind.Sequential)]
    private struct Functions
    {
        public delegate* unmanaged<uint, void*> GetApi;
        public delegate* unmanaged<byte*> GetVersionString;
    }

    /// <returns>The version, or null if the library is something else.</returns>
    public static string? VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var export))
        {
            return null;
        }

        var functions = ((delegate* unmanaged<Functions*>)export)();
        return Marshal.PtrToStringUTF8((nint)functions->GetVersionString());
    }
}
