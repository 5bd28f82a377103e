using Bench.Inference;
using Bench.Models.Data;
using Bench.Models.Signatures;

namespace Bench.Benchmarks.Launches;

/// <summary>The images of one launch, normalised and bound before anything is timed.</summary>
/// <remarks>
/// Each launch has another share of the evaluation images, in a seeded random order; as many launches as the profile has rounds have all,
/// and later ones begin again. Where a share is smaller than the last-level cache, its images are repeated in memory of their own until the
/// pool outgrows the cache, or has one for every iteration, so that none is found there from the last time;
/// and none from having been written.
/// </remarks>
internal sealed class ImagePool : IDisposable
{
    private const int MostRepetitions = 4096;

    private readonly IBoundInput[] _inputs;
    private readonly int[] _images;

    private ImagePool(IBoundInput[] inputs, int[] images, int share)
    {
        _inputs = inputs;
        _images = images;
        ShareCount = share;
    }

    /// <summary>How many images the pool has in memory.</summary>
    public int Count => _inputs.Length;

    /// <summary>How many of them, from the first, are this launch's share of the evaluation set; the rest are repetitions.</summary>
    public int ShareCount { get; }

    public IBoundInput this[int index] => _inputs[index];

    /// <summary>The number of the evaluation image at a place of the pool.</summary>
    public int ImageAt(int index) => _images[index];

    /// <summary>The numbers of the images of the share.</summary>
    public IEnumerable<int> Share => _images.Take(ShareCount);

    /// <param name="model">The network.</param>
    /// <param name="plan">How much is measured.</param>
    /// <param name="round">The round of the launch, from 1.</param>
    /// <param name="inputs">How its file takes what goes in.</param>
    /// <param name="execution">Makes images ready to be run.</param>
    public static ImagePool Load(
        PlannedModel model, LaunchPlan plan, int round, IReadOnlyList<TensorSpec> inputs, IExecution execution)
    {
        var order = Shuffled(model.EvaluatedImages, plan.Seed);
        var shares = plan.Measuring.Shares;
        var share = (round - 1) % shares;
        var begin = (int)((long)model.EvaluatedImages * share / shares);
        var end = (int)((long)model.EvaluatedImages * (share + 1) / shares);
        var imageBytes = Math.Max(1, inputs.Sum(input => (long)input.Bytes));
        // Every input has memory and handles of its own, so that a few thousand small ones outgrow a cache, too.
        var count = (int)Math.Max(Math.Max(end - begin, 1), Math.Min(MostRepetitions, (plan.PoolBytes + imageBytes - 1) / imageBytes));
        var images = new int[count];
        var bound = new IBoundInput[count];
        using var reader = new RequestReader(model, inputs);
        for (var i = 0; i < count; i++)
        {
            images[i] = order[(begin + i) % order.Length];
            bound[i] = execution.Bind(reader.Read(images[i]));
        }

        PushOutOfCache(plan.PoolBytes);
        return new ImagePool(bound, images, end - begin);
    }

    public void Dispose()
    {
        foreach (var input in _inputs)
        {
            input.Dispose();
        }
    }

    // What was just written lies in the caches; an image from outside would not.
    private static void PushOutOfCache(long bytes) =>
        GC.AllocateUninitializedArray<byte>((int)Math.Min(bytes, Array.MaxLength)).AsSpan().Fill(1);

    private static int[] Shuffled(int count, ulong seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new SeededRandom(seed).Shuffle(order);
        return order;
    }
}
