namespace Bench.Inference.OnnxRuntime.Memory;

/// <summary>Bytes at a place in host memory that does not change.</summary>
/// <param name="address">Where they begin.</param>
/// <param name="length">How many there are.</param>
/// <param name="release">Gives the memory back.</param>
internal sealed unsafe class HostTensor(nint address, int length, Action release) : IDisposable
{
    private Action? _release = release;

    public nint Address { get; } = address;

    public int Length { get; } = length;

    public Span<byte> Bytes => new((void*)Address, Length);

    public void Dispose()
    {
        _release?.Invoke();
        _release = null;
    }
}
