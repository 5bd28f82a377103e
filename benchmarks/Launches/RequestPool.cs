using Bench.Inference;
using Bench.Models.Data;

namespace Bench.Benchmarks.Launches;

/// <summary>The requests of one stream of a launch, normalised and bound before anything is timed.</summary>
/// <remarks>
/// Each launch has another share of the evaluation images, in a seeded random order; as many launches as the profile has rounds have all,
/// and later ones begin again. Streams take the share's requests in turn. Where requests are smaller than the last-level cache, they are
/// repeated in memory of their own until all pools together outgrow it, or have a few thousand, so that none is found there from the last
/// time; and none from having been written.
/// </remarks>
internal sealed class RequestPool : IDisposable
{
    private const int MostRepetitions = 4096;

    private readonly IBoundInput[] _inputs;
    private readonly int[][] _images;

    private RequestPool(IBoundInput[] inputs, int[][] images, int share)
    {
        _inputs = inputs;
        _images = images;
        ShareCount = share;
    }

    /// <summary>How many requests the pool has in memory.</summary>
    public int Count => _inputs.Length;

    /// <summary>How many of them, from the first, have images of this launch's share of the evaluation set; the rest are
    /// repetitions.</summary>
    public int ShareCount { get; }

    public IBoundInput this[int index] => _inputs[index];

    /// <summary>The numbers of the evaluation images at a place of the pool.</summary>
    public IReadOnlyList<int> ImagesAt(int index) => _images[index];

    /// <summary>Reads and binds a stream's requests.</summary>
    /// <param name="share">The images of the launch.</param>
    /// <param name="stream">Which stream, from 0, and of how many.</param>
    /// <param name="poolBytes">How large the pools of all streams must be at least.</param>
    /// <param name="reader">Reads requests.</param>
    /// <param name="layout">What a request has.</param>
    /// <param name="execution">Makes requests ready to be run.</param>
    public static RequestPool Load(
        ImageShare share, (int Index, int Count) stream, long poolBytes, RequestReader reader, RequestLayout layout, IExecution execution)
    {
        var requestBytes = Math.Max(1, layout.Request.Inputs.Sum(input => (long)input.Bytes)) * stream.Count;
        var own = Enumerable.Range(0, share.Requests(layout.Images)).Count(request => request % stream.Count == stream.Index);
        // Every request has memory and handles of its own, so that a few thousand small ones outgrow a cache, too.
        var repetitions = Math.Min(MostRepetitions / stream.Count, (poolBytes + requestBytes - 1) / requestBytes);
        var count = (int)Math.Max(Math.Max(own, 1), repetitions);
        var images = new int[count][];
        var bound = new IBoundInput[count];
        for (var i = 0; i < count; i++)
        {
            images[i] = share.ImagesOf((i * stream.Count) + stream.Index, layout.Images);
            bound[i] = execution.Bind(reader.Read(images[i]));
        }

        return new RequestPool(bound, images, own);
    }

    public void Dispose()
    {
        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }
}

/// <summary>The evaluation images of a launch, in the order in which they are processed.</summary>
/// <param name="order">All evaluation images, in a random order.</param>
/// <param name="begin">The place of the launch's first one.</param>
/// <param name="count">How many are its share.</param>
internal sealed class ImageShare(int[] order, int begin, int count)
{
    /// <summary>The numbers of the images.</summary>
    public IEnumerable<int> Images => Enumerable.Range(begin, count).Select(place => order[place]);

    /// <summary>The share of a launch.</summary>
    /// <param name="evaluated">How many images all launches together evaluate.</param>
    /// <param name="plan">How much is measured.</param>
    /// <param name="round">The round of the launch, from 1.</param>
    public static ImageShare Of(int evaluated, LaunchPlan plan, int round)
    {
        var order = Enumerable.Range(0, evaluated).ToArray();
        new SeededRandom(plan.Seed).Shuffle(order);
        var shares = plan.Measuring.Shares;
        var share = (round - 1) % shares;
        var begin = (int)((long)evaluated * share / shares);
        return new ImageShare(order, begin, (int)((long)evaluated * (share + 1) / shares) - begin);
    }

    /// <summary>How many requests it takes to have every image of the share in one.</summary>
    /// <param name="images">Images of a request.</param>
    public int Requests(int images) => (count + images - 1) / images;

    /// <summary>The images of a request: the next ones of the share, and after its end those of the next launch.</summary>
    /// <param name="request">Which request, from 0.</param>
    /// <param name="images">How many it has; different ones where there are so many.</param>
    public int[] ImagesOf(int request, int images) => [.. Enumerable.Range(0, images)
        .Select(place => order[(int)((begin + ((long)request * images) + place) % order.Length)])];
}
