using Bench.Inference.OpenVino.Native;

namespace Bench.Inference.OpenVino;

/// <summary>How OpenVINO is called: by its C library, or by the classes of OpenVINO.CSharp.API, which call that, in a build that has
/// them.</summary>
internal abstract partial class OpenVinoWay
{
    /// <summary>The way of this build.</summary>
    public static OpenVinoWay Chosen { get; } = Choose();

    /// <summary>What it is called in what a run records; null for the C library, which needs no name.</summary>
    public virtual string? Name => null;

    /// <summary>Makes it use a library.</summary>
    /// <param name="path">Where the library lies.</param>
    /// <param name="handle">The loaded library.</param>
    /// <exception cref="InferenceException">It does not let itself be told.</exception>
    public virtual void Connect(string path, nint handle)
    {
    }

    /// <exception cref="InferenceException">OpenVINO does not start.</exception>
    public abstract IOpenVinoCore NewCore();

    private static OpenVinoWay Choose()
    {
        OpenVinoWay? package = null;
        TakePackage(ref package);
        return package ?? new NativeWay();
    }

    // In a build with BENCH_OPENVINO=nuget; see the folder Package.
    static partial void TakePackage(ref OpenVinoWay? package);
}
