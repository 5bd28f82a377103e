namespace Bench.Inference.OpenVino;

/// <summary>OpenVINO's core: what a session asks of the C library, whichever classes hold what it returns.</summary>
internal interface IOpenVinoCore : IDisposable
{
    /// <summary>The C library's own core.</summary>
    nint Handle { get; }

    /// <summary>The devices of this machine, as OpenVINO calls them: <c>CPU</c>, <c>GPU.0</c>, <c>NPU</c>.</summary>
    /// <exception cref="InferenceException">OpenVINO cannot tell.</exception>
    IReadOnlyList<string> Devices();

    /// <summary>Compiles a network with the properties that were set before.</summary>
    /// <param name="path">The network's file.</param>
    /// <param name="device">For which device.</param>
    /// <exception cref="InferenceException">OpenVINO cannot.</exception>
    IOpenVinoNetwork Compile(string path, string device);

    /// <summary>Takes over a tensor of the C library's.</summary>
    /// <param name="handle">The tensor; freed with what is returned.</param>
    IDisposable Tensor(nint handle);
}

/// <summary>A compiled network.</summary>
internal interface IOpenVinoNetwork : IDisposable
{
    /// <summary>The C library's own compiled model.</summary>
    nint Handle { get; }

    /// <summary>Reserves what a stream needs.</summary>
    /// <exception cref="InferenceException">OpenVINO cannot.</exception>
    IOpenVinoRequest NewRequest();
}

/// <summary>A stream of a compiled network: one request at a time.</summary>
internal interface IOpenVinoRequest : IDisposable
{
    /// <summary>The C library's own request.</summary>
    nint Handle { get; }

    /// <param name="index">Which input.</param>
    /// <param name="tensor">What <see cref="IOpenVinoCore.Tensor"/> returned.</param>
    /// <exception cref="InferenceException">OpenVINO does not take it.</exception>
    void SetInput(int index, IDisposable tensor);

    /// <param name="index">Which output.</param>
    /// <param name="tensor">What <see cref="IOpenVinoCore.Tensor"/> returned.</param>
    /// <exception cref="InferenceException">OpenVINO does not take it.</exception>
    void SetOutput(int index, IDisposable tensor);

    /// <summary>Runs, and returns when the outputs are there.</summary>
    /// <exception cref="InferenceException">OpenVINO failed.</exception>
    void Infer();
}
