using System.Globalization;
using Bench.Inference.Knobs;
using Bench.Inference.Threads;

namespace Bench.Inference.Tests.Threads;

/// <summary>How many threads an engine is given.</summary>
public class StreamThreadsTests
{
    [TestCase(8, 1, null)]
    [TestCase(8, 2, 4)]
    [TestCase(8, 3, 2)]
    [TestCase(8, 8, 1)]
    [TestCase(2, 4, 1, Description = "at least one, also where streams are more than cores")]
    public void Of_NobodySaysANumber_DividesTheEnginesOwnAmongStreams(int engines, int streams, int? expected) =>
        Assert.That(StreamThreads.Of(Knobs(streams), () => engines), Is.EqualTo(expected));

    [Test]
    public void Of_NumberThatWasSet_IsThatOfEachStream([Values(1, 2, 64)] int streams) => Assert.That(
        StreamThreads.Of(Knobs(streams, threads: 3), () => throw new InvalidOperationException("need not be asked")), Is.EqualTo(3));

    [Test]
    public void Of_OneStream_DoesNotAskTheEngine() => Assert.That(
        StreamThreads.Of(Knobs(1), () => throw new InvalidOperationException("need not be asked")), Is.Null);

    /// <summary>A session of ONNX Runtime that is told n starts n − 1 threads; each thread that calls it computes, too.</summary>
    [Test]
    public void Pool_CallersAndStartedThreads_AreTheThreadsOfAllStreams([Range(1, 9)] int threads, [Range(1, 9)] int streams)
    {
        var started = StreamThreads.Pool(threads, streams) - 1;

        Assert.That(started + streams, Is.EqualTo(threads * streams));
    }

    /// <summary>What is recorded is what was asked for.</summary>
    [Test]
    public void Facts_OfAPoolThatStreamsShare_AreTheThreadsOfOne([Range(1, 5)] int threads, [Range(1, 5)] int streams)
    {
        using var tasks = new TemporaryFolder();
        var count = StreamThreads.Pool(threads, streams);

        Assert.That(new StartedThreads(count, tasks.Path, []).Facts(null, streams)["threads"],
            Is.EqualTo(threads.ToString(CultureInfo.InvariantCulture)));
    }

    private static KnobSettings Knobs(int streams, int? threads = null) => KnobSettings.Of(
    [
        .. streams == 1 ? [] : new[] { KeyValuePair.Create("streams", streams.ToString(CultureInfo.InvariantCulture)) },
        .. threads is { } number ? [KeyValuePair.Create("threads", number.ToString(CultureInfo.InvariantCulture))]
            : Array.Empty<KeyValuePair<string, string>>(),
    ]);
}
