using Bench.Inference.OnnxRuntime;

namespace Bench.Inference.Tests.OnnxRuntime;

public class EngineCacheTests
{
    [Test]
    public void Build_SecondTime_BuildsNothingAndTellsTheSameTime()
    {
        using var folder = new TemporaryFolder();
        var builds = 0;
        var first = new EngineCache(folder.Path, ["gpu", "1.0", "hash"], 1).Build(() => builds++);

        var second = new EngineCache(folder.Path, ["gpu", "1.0", "hash"], 1).Build(() => builds++);

        Assert.That(builds, Is.EqualTo(1));
        Assert.That(second, Is.EqualTo(first));
    }

    [TestCase("0.0007539", 7539, TestName = "Build_BuiltBefore_TellsItsTimeToTheTick")]
    [TestCase("12", 120_000_000, TestName = "Build_BuiltBefore_TellsWholeSeconds")]
    public void Build_BuiltBefore_TellsItsTime(string kept, long ticks)
    {
        using var folder = new TemporaryFolder();
        var cache = new EngineCache(folder.Path, ["gpu"], 1);
        cache.Build(() => { });
        File.WriteAllText(Directory.GetFiles(cache.Folder).Single(), kept);

        Assert.That(cache.Build(() => Assert.Fail("It was built.")), Is.EqualTo(new TimeSpan(ticks)));
    }

    [TestCase("gpu", "1.0", "other")]
    [TestCase("other", "1.0", "hash")]
    [TestCase("gpu", "1.1", "hash")]
    [TestCase("gpu1", ".0", "hash")]
    public void Build_OtherKey_BuildsAnew(params string[] key)
    {
        using var folder = new TemporaryFolder();
        var builds = 0;
        new EngineCache(folder.Path, ["gpu", "1.0", "hash"], 1).Build(() => builds++);

        new EngineCache(folder.Path, key, 1).Build(() => builds++);

        Assert.That(builds, Is.EqualTo(2));
    }

    [Test]
    public void Build_CutShortBefore_StartsFromAnEmptyFolder()
    {
        using var folder = new TemporaryFolder();
        var cache = new EngineCache(folder.Path, ["gpu"], 1);
        Assert.That(
            () => cache.Build(() =>
            {
                File.WriteAllText(Path.Combine(cache.Folder, "half.engine"), "x");
                throw new InferenceException("killed");
            }),
            Throws.TypeOf<InferenceException>());
        Assert.That(Directory.Exists(cache.Folder), Is.False, "what is half is not kept");
        Directory.CreateDirectory(cache.Folder);
        File.WriteAllText(Path.Combine(cache.Folder, "half.engine"), "of a process that was killed");

        cache.Build(() => Assert.That(Directory.GetFileSystemEntries(cache.Folder), Is.Empty));
    }

    [Test]
    public void Build_OtherNumber_BuildsAnewAndKeepsBoth()
    {
        using var folder = new TemporaryFolder();
        var caches = new[] { 1, 2 }.Select(build => new EngineCache(folder.Path, ["gpu"], build)).ToList();

        foreach (var cache in caches)
        {
            cache.Build(() => File.WriteAllText(Path.Combine(cache.Folder, "unet.engine"), cache.Folder));
        }

        Assert.That(caches.Select(cache => cache.Sha256()).Distinct().Count(), Is.EqualTo(2));
        Assert.That(caches.Select(cache => cache.Folder).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void Sha256_OneEngine_IsThatOfItsFile()
    {
        using var folder = new TemporaryFolder();
        var cache = new EngineCache(folder.Path, ["gpu"], 1);
        Assert.That(cache.Sha256(), Is.Null, "nothing is built");

        cache.Build(() => File.WriteAllText(Path.Combine(cache.Folder, "unet.engine"), "abc"));

        // FIPS 180-2, appendix B.1.
        Assert.That(cache.Sha256(), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    [Test]
    public void Build_SeveralAtOnce_IsDoneByOneAndTakenByTheOthers()
    {
        using var folder = new TemporaryFolder();
        var builds = 0;
        using var began = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var first = Task.Run(() => Cache().Build(() =>
        {
            Interlocked.Increment(ref builds);
            File.WriteAllText(Path.Combine(Cache().Folder, "an.engine"), "whole");
            began.Set();
            mayEnd.Wait();
        }));
        began.Wait();

        var others = Enumerable.Range(0, 3).Select(_ => Task.Run(() => Cache().Build(() => Interlocked.Increment(ref builds)))).ToArray();
        Assert.That(Task.WaitAny(others, TimeSpan.FromMilliseconds(300)), Is.EqualTo(-1), "they wait");
        mayEnd.Set();
        Task.WaitAll([first, .. others]);

        Assert.That(builds, Is.EqualTo(1));
        Assert.That(others.Select(other => other.Result), Is.All.EqualTo(first.Result).Within(TimeSpan.FromTicks(1)));
        Assert.That(File.ReadAllText(Path.Combine(Cache().Folder, "an.engine")), Is.EqualTo("whole"));

        EngineCache Cache() => new(folder.Path, ["gpu"], 1);
    }
}
