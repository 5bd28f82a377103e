namespace Bench.Inference.OnnxRuntime.Cuda;

/// <summary>A device that NVIDIA's driver names.</summary>
/// <param name="Name">What NVIDIA sells it as.</param>
/// <param name="CudaVersion">The highest version of CUDA that the driver supports.</param>
internal sealed record NvidiaDevice(string Name, string CudaVersion)
{
    // The first with TensorFloat-32 is Ampere: https://docs.nvidia.com/cuda/cuda-c-programming-guide/, "Compute Capabilities".
    private const int FirstWithTensorFloat = 8;

    /// <summary>Its place, as in <c>0000:18:00.0</c>; null if the driver does not tell.</summary>
    public string? PciBusId { get; init; }

    /// <summary>Its own number, as in <c>GPU-</c> and a UUID; null if the driver does not tell.</summary>
    public string? Uuid { get; init; }

    /// <summary>The first part of its compute capability; null if the driver does not tell.</summary>
    public int? ComputeCapabilityMajor { get; init; }

    /// <summary>Whether it can be known to lack TensorFloat-32: then tf32 is computed in fp32.</summary>
    public bool LacksTensorFloat => ComputeCapabilityMajor < FirstWithTensorFloat;

    /// <summary>The device as sessions tell it.</summary>
    public DeviceFacts Facts => new($"{Name}, driver for CUDA {CudaVersion}", IsSoftware: false) { PciBusId = PciBusId, Uuid = Uuid };
}
