using System.Runtime.InteropServices;
using Bench.Arrays;
using Bench.Arrays.Npy;
using Bench.Benchmarks.Launches;
using Bench.Inference;
using Bench.Models.Cards;
using Bench.Models.Inputs;
using Bench.Models.Signatures;

namespace Bench.EndToEnd.Tests.Launches;

/// <summary>What goes into the requests of a stream, read from files of numbers that say which image they are of.</summary>
public class RequestPoolTests
{
    private const int Images = 10;

    private readonly TemporaryFolder _folder = new();

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Load_RequestsOfSeveralImages_HaveTheNumbersOfEachInItsPlace([Values(1, 2, 4, 12)] int batch)
    {
        using var execution = new KeepingExecution();
        using var pool = Load(execution, batch, stream: (0, 1), poolBytes: 0);

        Assert.That(pool.Count, Is.EqualTo(pool.ShareCount));
        for (var place = 0; place < pool.Count; place++)
        {
            var images = pool.ImagesAt(place);
            var inputs = execution.Bound[place];
            Assert.That(images, Has.Count.EqualTo(batch));
            // x is [batch, 2], t is [2, batch] and s, which all images share, is [1].
            Assert.That(Singles(inputs[0]), Is.EqualTo(images.SelectMany(image => new float[] { image, -image })));
            Assert.That(Singles(inputs[1]), Is.EqualTo(
                images.Select(image => image + 0.25f).Concat(images.Select(image => image + 0.5f))));
            Assert.That(Singles(inputs[2]), Is.EqualTo([images[0] * 100f]));
        }
    }

    [Test]
    public void Load_SeveralStreams_TakeTheRequestsOfTheShareInTurn([Values(1, 2, 3, 7, 20)] int streams, [Values(1, 3)] int batch)
    {
        using var execution = new KeepingExecution();
        var pools = Enumerable.Range(0, streams).Select(stream => Load(execution, batch, (stream, streams), poolBytes: 0)).ToList();

        var share = pools.SelectMany(pool => Enumerable.Range(0, pool.ShareCount).SelectMany(pool.ImagesAt)).ToList();
        Assert.That(share.Distinct(), Is.EquivalentTo(Enumerable.Range(0, Images)));
        Assert.That(share, Has.Count.EqualTo((Images + batch - 1) / batch * batch));
        Assert.That(pools.Select(pool => pool.Count), Has.All.GreaterThan(0), "a stream beyond the share is timed, too");
        Assert.That(pools.Max(pool => pool.ShareCount) - pools.Min(pool => pool.ShareCount), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Load_SmallRequests_OutgrowTheCacheTogether([Values(1, 2, 4)] int streams)
    {
        using var execution = new KeepingExecution();
        using var pool = Load(execution, 1, (0, streams), poolBytes: 20_000);

        // A request has 20 bytes.
        Assert.That(pool.Count, Is.EqualTo(1000 / streams));
        Assert.That(Enumerable.Range(0, pool.ShareCount).SelectMany(pool.ImagesAt).Distinct().Count(), Is.EqualTo(pool.ShareCount));
    }

    [Test]
    public void Load_VerySmallRequests_AreAFewThousandOfAllStreams([Values(1, 8, 1024)] int streams)
    {
        using var execution = new KeepingExecution();
        using var pool = Load(execution, 1, (0, streams), poolBytes: 1L << 30);

        Assert.That(pool.Count * streams, Is.EqualTo(4096));
    }

    [Test]
    public void Next_OfAStream_WarmsUpFromTheEndAndThenBeginsAtTheFirst()
    {
        using var execution = new KeepingExecution();
        using var stream = new RequestStream(execution, execution, Load(execution, 2, (0, 1), poolBytes: 0));
        List<int> Places(int count) => [.. Enumerable.Range(0, count).Select(_ =>
        {
            stream.Next();
            return stream.Place;
        })];

        Assert.That(Places(7), Is.EqualTo([4, 3, 2, 1, 0, 4, 3]));
        stream.Restart();
        Assert.That(stream.Place, Is.EqualTo(-1));
        Assert.That(Places(6), Is.EqualTo([0, 1, 2, 3, 4, 0]));
    }

    private RequestPool Load(KeepingExecution execution, int batch, (int Index, int Count) stream, long poolBytes)
    {
        var one = new NetworkSignature(
            [new TensorSpec("x", ElementType.Float32, [1, 2]), new TensorSpec("t", ElementType.Float32, [2, 1]),
                new TensorSpec("s", ElementType.Float32, [1])],
            [], new Dictionary<string, int>())
        {
            BatchAxes = new BatchAxes(new Dictionary<string, int> { ["x"] = 0, ["t"] = 1 }, new Dictionary<string, int>()),
        };
        var layout = new RequestLayout(batch, one, one.OfBatch(batch, []));
        using var reader = new RequestReader(Model(), layout);
        return RequestPool.Load(ImageShare.Of(Images, ImageShareTests.Plan(1), 1), stream, poolBytes, reader, layout, execution);
    }

    private PlannedModel Model()
    {
        var images = Enumerable.Range(0, Images);
        return new PlannedModel
        {
            Files = [],
            Inputs =
            [
                Source("x", [.. images.SelectMany(image => new float[] { image, -image })], 2),
                Source("t", [.. images.SelectMany(image => new[] { image + 0.25f, image + 0.5f })], 2, 1),
                Source("s", [.. images.Select(image => image * 100f)]),
            ],
            Task = ModelTask.Classification,
            EvaluatedImages = Images,
            RepeatTolerance = 0,
        };
    }

    private InputSource Source(string name, float[] numbers, params int[] shape)
    {
        var path = _folder.File(name + ".npy");
        if (!File.Exists(path))
        {
            NpyArray.FromSingles(numbers, [Images, .. shape]).Write(path);
        }

        return new InputSource { Name = name, Path = path };
    }

    private static float[] Singles(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    private sealed class KeepingExecution : IExecution, IBoundInput
    {
        public List<IReadOnlyList<byte[]>> Bound { get; } = [];

        public IBoundInput Bind(IReadOnlyList<byte[]> inputs)
        {
            Bound.Add(inputs);
            return this;
        }

        public void Run(IBoundInput input)
        {
        }

        public ReadOnlySpan<byte> Output(int index) => [];

        public void Dispose()
        {
        }
    }
}
