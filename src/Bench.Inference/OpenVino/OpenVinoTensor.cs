using System.Runtime.InteropServices;
using Bench.Inference.OpenVino.Native;
using Bench.Models.Signatures;

namespace Bench.Inference.OpenVino;

/// <summary>An array, wrapped where it lies.</summary>
internal sealed class OpenVinoTensor : IDisposable
{
    private GCHandle _pin;

    /// <param name="core">The core.</param>
    /// <param name="bytes">The array; it does not move until this is disposed.</param>
    /// <param name="spec">What is in it.</param>
    /// <exception cref="InferenceException">OpenVINO has no such type.</exception>
    public unsafe OpenVinoTensor(IOpenVinoCore core, byte[] bytes, TensorSpec spec)
    {
        var type = OpenVinoElements.Of(spec.Type);
        _pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        long[] lengths = [.. spec.Shape.Select(length => (long)length)];
        nint tensor;
        int status;
        fixed (long* dimensions = lengths)
        {
            status = OpenVinoApi.CreateTensorOn(
                type, new ShapeView { Rank = lengths.Length, Dimensions = dimensions }, _pin.AddrOfPinnedObject(), &tensor);
        }

        if (status != 0)
        {
            _pin.Free();
        }

        OpenVinoStatus.ThrowIfFailed(status, $"does not take {spec}");
        Tensor = core.Tensor(tensor);
    }

    /// <summary>Wraps several arrays, or none.</summary>
    /// <param name="core">The core.</param>
    /// <param name="arrays">The arrays.</param>
    /// <param name="specs">What is in each.</param>
    /// <exception cref="InferenceException">OpenVINO does not take one of them.</exception>
    public static OpenVinoTensor[] Wrap(IOpenVinoCore core, IReadOnlyList<byte[]> arrays, IReadOnlyList<TensorSpec> specs)
    {
        var tensors = new List<OpenVinoTensor>();
        try
        {
            foreach (var (bytes, spec) in arrays.Zip(specs))
            {
                tensors.Add(new OpenVinoTensor(core, bytes, spec));
            }

            return [.. tensors];
        }
        catch
        {
            tensors.ForEach(tensor => tensor.Dispose());
            throw;
        }
    }

    /// <summary>What requests take.</summary>
    public IDisposable Tensor { get; }

    public void Dispose()
    {
        Tensor.Dispose();
        if (_pin.IsAllocated)
        {
            _pin.Free();
        }
    }
}
