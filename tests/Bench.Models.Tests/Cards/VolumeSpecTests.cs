using Bench.Models.Cards;

namespace Bench.Models.Tests.Cards;

public class VolumeSpecTests
{
    /// <summary>The first is the example in nnU-Net's own source: 110 voxels, windows of 64, steps of half a window: at 0, 23 and
    /// 46.</summary>
    [TestCase(110, 64, 0.5, 3)]
    [TestCase(64, 64, 0.5, 1)]
    [TestCase(40, 64, 0.5, 1)]
    [TestCase(65, 64, 0.0, 2)]
    [TestCase(128, 64, 0.0, 2)]
    [TestCase(128, 64, 0.5, 3)]
    [TestCase(129, 64, 0.5, 4)]
    [TestCase(300, 30, 0.9, 91)]
    public void Inferences_OneAxis_AreWindowsAsNnUNetPlacesThem(int size, int window, double overlap, long expected) =>
        Assert.That(new VolumeSpec { Size = [size], Overlap = overlap }.Inferences([window]), Is.EqualTo(expected));

    [Test]
    public void Inferences_MirrorsAndFolds_Multiply() =>
        Assert.That(
            new VolumeSpec { Size = [110, 110, 64], Overlap = 0.5, Mirrors = 3, Folds = 5 }.Inferences([64, 64, 64]),
                Is.EqualTo(3 * 3 * 8 * 5));
}
