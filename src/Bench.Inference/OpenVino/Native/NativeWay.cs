namespace Bench.Inference.OpenVino.Native;

/// <summary>OpenVINO's C library, called as it is.</summary>
internal sealed class NativeWay : OpenVinoWay
{
    public override IOpenVinoCore NewCore() => new NativeCore();
}

/// <summary>A core of the C library's.</summary>
internal sealed unsafe class NativeCore : IOpenVinoCore
{
    public NativeCore()
    {
        nint core;
        OpenVinoStatus.ThrowIfFailed(OpenVinoApi.CreateCore(&core), "does not start");
        Handle = core;
    }

    public nint Handle { get; private set; }

    public IReadOnlyList<string> Devices() => OpenVinoText.Devices(Handle);

    public IOpenVinoNetwork Compile(string path, string device)
    {
        nint compiled;
        OpenVinoStatus.ThrowIfFailed(
            OpenVinoApi.CompileModel(Handle, path, device, 0, &compiled), $"cannot compile {path} for {device}");
        return new NativeNetwork(compiled);
    }

    public IDisposable Tensor(nint handle) => new NativeTensor(handle);

    public void Dispose()
    {
        OpenVinoApi.FreeCore(Handle);
        Handle = 0;
    }
}

/// <summary>A compiled network of the C library's.</summary>
/// <param name="handle">Freed with it.</param>
internal sealed unsafe class NativeNetwork(nint handle) : IOpenVinoNetwork
{
    public nint Handle { get; private set; } = handle;

    public IOpenVinoRequest NewRequest()
    {
        nint request;
        OpenVinoStatus.ThrowIfFailed(OpenVinoApi.CreateInferRequest(Handle, &request), "cannot reserve memory for a request");
        return new NativeRequest(request);
    }

    public void Dispose()
    {
        OpenVinoApi.FreeCompiledModel(Handle);
        Handle = 0;
    }
}

/// <summary>A request of the C library's.</summary>
/// <param name="handle">Freed with it.</param>
internal sealed class NativeRequest(nint handle) : IOpenVinoRequest
{
    public nint Handle { get; private set; } = handle;

    public void SetInput(int index, IDisposable tensor) => OpenVinoStatus.ThrowIfFailed(
        OpenVinoApi.SetInputTensor(Handle, (nuint)index, ((NativeTensor)tensor).Handle), "does not take an input");

    public void SetOutput(int index, IDisposable tensor) => OpenVinoStatus.ThrowIfFailed(
        OpenVinoApi.SetOutputTensor(Handle, (nuint)index, ((NativeTensor)tensor).Handle), "does not take memory for an output");

    public void Infer() => OpenVinoStatus.ThrowIfFailed(OpenVinoApi.Infer(Handle), "failed to run");

    public void Dispose()
    {
        OpenVinoApi.FreeInferRequest(Handle);
        Handle = 0;
    }
}

/// <summary>A tensor of the C library's.</summary>
/// <param name="handle">Freed with it.</param>
internal sealed class NativeTensor(nint handle) : IDisposable
{
    public nint Handle { get; private set; } = handle;

    public void Dispose()
    {
        OpenVinoApi.FreeTensor(Handle);
        Handle = 0;
    }
}
