namespace Bench.Inference.OnnxRuntime.Memory;

/// <summary>How the memory of inputs and outputs in the host is had.</summary>
internal abstract class HostMemory
{
    /// <summary>As a program has it by default: the operating system may move and page it.</summary>
    public static readonly HostMemory Pageable = new PageableMemory();

    /// <summary>Memory that holds an input.</summary>
    /// <param name="input">Its bytes; kept where the memory can stay where it is, copied where not.</param>
    /// <exception cref="InferenceException">There is no such memory.</exception>
    public abstract HostTensor Hold(byte[] input);

    /// <summary>Memory for an output.</summary>
    /// <param name="length">How many bytes.</param>
    /// <exception cref="InferenceException">There is no such memory.</exception>
    public abstract HostTensor Reserve(int length);
}
