using Bench.Inference.OnnxRuntime.TensorRT;

namespace Bench.Inference.Tests.OnnxRuntime;

public class EngineCacheTests
{
    [Test]
    public void Build_SecondTime_BuildsNothingAndTellsTheSameTime()
    {
        using var folder = new TemporaryFolder();
        var builds = 0;
        var first = new EngineCache(folder.Path, ["gpu", "1.0", "hash"]).Build(() => builds++);

        var second = new EngineCache(folder.Path, ["gpu", "1.0", "hash"]).Build(() => builds++);

        Assert.That(builds, Is.EqualTo(1));
        Assert.That(second, Is.EqualTo(first).Within(TimeSpan.FromMilliseconds(1)));
    }

    [TestCase("gpu", "1.0", "other")]
    [TestCase("other", "1.0", "hash")]
    [TestCase("gpu", "1.1", "hash")]
    [TestCase("gpu1", ".0", "hash")]
    public void Build_OtherKey_BuildsAnew(params string[] key)
    {
        using var folder = new TemporaryFolder();
        var builds = 0;
        new EngineCache(folder.Path, ["gpu", "1.0", "hash"]).Build(() => builds++);

        new EngineCache(folder.Path, key).Build(() => builds++);

        Assert.That(builds, Is.EqualTo(2));
    }

    [Test]
    public void Build_CutShortBefore_StartsFromAnEmptyFolder()
    {
        using var folder = new TemporaryFolder();
        var cache = new EngineCache(folder.Path, ["gpu"]);
        Assert.That(
            () => cache.Build(() =>
            {
                File.WriteAllText(Path.Combine(cache.Folder, "half.engine"), "x");
                throw new InferenceException("killed");
            }),
            Throws.TypeOf<InferenceException>());

        cache.Build(() => Assert.That(Directory.GetFileSystemEntries(cache.Folder), Is.Empty));
    }
}
