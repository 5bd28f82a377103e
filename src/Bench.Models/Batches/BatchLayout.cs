using Bench.Models.Signatures;

namespace Bench.Models.Batches;

/// <summary>Where the numbers of each image lie in a tensor of a batch.</summary>
/// <remarks>Where the batch is the first axis, or all axes before it are 1 long, an image lies in one piece; otherwise in as many pieces as
/// the axes before it have places.</remarks>
public sealed class BatchLayout
{
    private readonly int _pieces;
    private readonly int _pieceBytes;
    private readonly int _batch;

    /// <param name="tensor">The tensor with the whole batch; every axis known.</param>
    /// <param name="axes">Which axis is the batch, by name: see <see cref="BatchAxes"/>.</param>
    public BatchLayout(TensorSpec tensor, IReadOnlyDictionary<string, int> axes)
    {
        (_batch, _pieces) = axes.TryGetValue(tensor.Name, out var axis)
            ? (tensor.Shape[axis], tensor.Shape.Take(axis).Aggregate(1, (product, length) => product * length))
            : (1, 1);
        IsShared = !axes.ContainsKey(tensor.Name);
        ImageBytes = tensor.Bytes / _batch;
        _pieceBytes = ImageBytes / _pieces;
    }

    /// <summary>Whether the tensor is the same for all images.</summary>
    public bool IsShared { get; }

    /// <summary>How many bytes an image has.</summary>
    public int ImageBytes { get; }

    /// <summary>Puts an image in its place.</summary>
    /// <param name="image">Its bytes.</param>
    /// <param name="place">Its place in the batch, from 0.</param>
    /// <param name="batch">The bytes of the batch.</param>
    public void Put(ReadOnlySpan<byte> image, int place, Span<byte> batch)
    {
        for (var piece = 0; piece < _pieces; piece++)
        {
            image.Slice(piece * _pieceBytes, _pieceBytes).CopyTo(batch[(((piece * _batch) + place) * _pieceBytes)..]);
        }
    }

    /// <summary>Takes an image out.</summary>
    /// <param name="batch">The bytes of the batch.</param>
    /// <param name="place">Its place in the batch, from 0; any where the tensor is shared.</param>
    /// <param name="image">Where its bytes go.</param>
    public void Take(ReadOnlySpan<byte> batch, int place, Span<byte> image)
    {
        for (var piece = 0; piece < _pieces; piece++)
        {
            batch.Slice(((piece * _batch) + (IsShared ? 0 : place)) * _pieceBytes, _pieceBytes).CopyTo(image[(piece * _pieceBytes)..]);
        }
    }
}
