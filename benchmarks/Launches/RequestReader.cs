using Bench.Models.Batches;
using Bench.Models.Inputs;

namespace Bench.Benchmarks.Launches;

/// <summary>Gives what goes into a network for a request: the numbers of every input, of all its images.</summary>
internal sealed class RequestReader : IDisposable
{
    private readonly InputReader[] _readers;
    private readonly BatchLayout[] _layouts;
    private readonly RequestLayout _layout;

    /// <param name="model">Where the numbers come from.</param>
    /// <param name="layout">How the network's file takes them.</param>
    public RequestReader(PlannedModel model, RequestLayout layout)
    {
        _layout = layout;
        _readers = [.. model.Inputs.Zip(layout.Image.Inputs, InputReader.Open)];
        _layouts = [.. layout.Request.Inputs.Select(input => new BatchLayout(input, layout.Image.BatchAxes.Inputs))];
    }

    /// <summary>Reads a request.</summary>
    /// <param name="images">The numbers of its images, from 0.</param>
    /// <returns>The bytes of every input, in pinned memory. An input without a batch is that of the first image.</returns>
    public IReadOnlyList<byte[]> Read(IReadOnlyList<int> images)
    {
        var inputs = new byte[_readers.Length][];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = _layout.Images == 1 || _layouts[i].IsShared ? _readers[i].Read(images[0]) : Together(i, images);
        }

        return inputs;
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }
    }

    private byte[] Together(int input, IReadOnlyList<int> images)
    {
        var whole = GC.AllocateUninitializedArray<byte>(_layout.Request.Inputs[input].Bytes, pinned: true);
        for (var place = 0; place < images.Count; place++)
        {
            _layouts[input].Put(_readers[input].Read(images[place]), place, whole);
        }

        return whole;
    }
}
