using System.Diagnostics.CodeAnalysis;
using Bench.Inference.OpenVino.Native;
using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <summary>A core of OpenVINO.CSharp.API's.</summary>
internal sealed class PackageCore(Core core) : IOpenVinoCore
{
    // 2024.0 hands over texts without the zero at their end.
    private const char End = '\0';

    public nint Handle => core.Ptr;

    public IReadOnlyList<string> Devices() => PackageCalls.Guard("cannot list its devices", core.get_available_devices);

    public IOpenVinoNetwork Compile(string path, string device) => PackageCalls.Guard(
        $"cannot compile {path} for {device}", () => new PackageNetwork(core.compile_model(path + End, device + End, null)));

    public IDisposable Tensor(nint handle) => new Tensor(handle);

    public void Dispose() => core.Dispose();

    private sealed class PackageNetwork(CompiledModel compiled) : IOpenVinoNetwork
    {
        public nint Handle => compiled.Ptr;

        public IOpenVinoRequest NewRequest() => PackageCalls.Guard(
            "cannot reserve memory for a request", () => new PackageRequest(compiled.create_infer_request()));

        // 2024.0 would free it as if it were a core, also in its finaliser.
        [SuppressMessage("Usage", "CA1816", Justification = "What the package would do at the end is done here, rightly.")]
        public void Dispose()
        {
            OpenVinoApi.FreeCompiledModel(compiled.Ptr);
            GC.SuppressFinalize(compiled);
        }
    }

    private sealed class PackageRequest(InferRequest request) : IOpenVinoRequest
    {
        public nint Handle => request.Ptr;

        public void SetInput(int index, IDisposable tensor)
        {
            try
            {
                request.set_input_tensor((ulong)index, (Tensor)tensor);
            }
            catch (Exception e) when (PackageCalls.IsItsOwn(e))
            {
                throw PackageCalls.Failure("does not take an input", e);
            }
        }

        public void SetOutput(int index, IDisposable tensor)
        {
            try
            {
                request.set_output_tensor((ulong)index, (Tensor)tensor);
            }
            catch (Exception e) when (PackageCalls.IsItsOwn(e))
            {
                throw PackageCalls.Failure("does not take memory for an output", e);
            }
        }

        public void Infer()
        {
            try
            {
                request.infer();
            }
            catch (Exception e) when (PackageCalls.IsItsOwn(e))
            {
                throw PackageCalls.Failure("failed to run", e);
            }
        }

        public void Dispose() => request.Dispose();
    }
}
