using Bench.Benchmarks.Tuning;
using Bench.Inference.Knobs;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>What is searched of each backend.</summary>
public class TuneSpaceTests
{
    private static readonly Dictionary<string, IReadOnlyList<string?>> Nothing = [];

    [TestCase("ort-cpu", 2, 32)]
    [TestCase("ort-cpu", 16, 40)]
    [TestCase("ort-cpu", 1, 16)]
    [TestCase("ort-cuda", 16, 32)]
    [TestCase("ort-tensorrt", 16, 12)]
    [TestCase("ort-webgpu", 16, 6)]
    [TestCase("openvino-cpu", 2, 8)]
    public void Variants_OfABackend_AreSoMany(string backend, int cores, int count)
    {
        var variants = TuneSpace.Variants(backend, cores, Nothing);

        Assert.That(variants, Has.Count.EqualTo(count).And.Unique);
        Assert.That(variants.Count(variant => variant.Count == 0), Is.EqualTo(1), "the engine's defaults are among them");
        Assert.That(variants.Select(variant => KnobSettings.Of(variant).WhyNot(backend)), Is.All.Null);
    }

    [Test]
    public void Variants_KnobThatIsNamed_HasTheNamedValuesAlone()
    {
        var variants = TuneSpace.Variants("ort-cpu", 2, new Dictionary<string, IReadOnlyList<string?>>
        {
            ["batch"] = [null, "3"],
            ["threads"] = ["1"],
            ["graph"] = ["on"],
        });

        Assert.That(variants.Select(variant => variant["batch"]).Distinct(), Is.EquivalentTo(new string?[] { null, "3" }));
        Assert.That(variants.Select(variant => variant["threads"]).Distinct(), Is.EqualTo(["1"]));
        Assert.That(variants.Select(variant => variant["graph"]), Is.All.Null, "the backend has no such knob");
    }

    [TestCase("graph")]
    [TestCase("host-memory")]
    public void Variants_OfADevice_HaveGraphAndPageLockedMemoryTogether(string knob) => Assert.That(
        TuneSpace.Variants("ort-cuda", 16, Nothing).Where(variant => variant[knob] is not null),
        Is.Not.Empty.And.All.Matches<Bench.Analysis.Measurements.Variant>(variant =>
            variant!["graph"] == "on" && variant["host-memory"] == "page-locked"));
}
