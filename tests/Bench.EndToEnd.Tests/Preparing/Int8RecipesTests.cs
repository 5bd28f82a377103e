using Bench.Benchmarks.Machines;
using Bench.Benchmarks.Preparing;

namespace Bench.EndToEnd.Tests.Preparing;

/// <summary>Which 8-bit file suits which engine on which processor.</summary>
public class Int8RecipesTests
{
    private static readonly ProcessorFeatures Vnni = new(["avx512_vnni"], IsX86: true);
    private static readonly ProcessorFeatures Old = new([], IsX86: true);
    private static readonly ProcessorFeatures Arm = new([], IsX86: false);

    [Test]
    public void For_EngineAndProcessor_IsTheRecipeThatSuits()
    {
        Assert.That(Int8Recipes.For("ort-cpu", Vnni).Name, Is.EqualTo("u8s8"));
        Assert.That(Int8Recipes.For("ort-cpu@1.31.0", Old).Name, Is.EqualTo("u8s7"), "sums of 16 bits are cut off");
        Assert.That(Int8Recipes.For("ort-cpu", Arm).Name, Is.EqualTo("u8s8"));
        foreach (var engine in new[] { "ort-tensorrt", "ort-cuda", "openvino-cpu", "openvino-gpu" })
        {
            Assert.That(Int8Recipes.For(engine, Old).Name, Is.EqualTo("s8s8"), engine);
        }
    }

    /// <summary>What CPUID says is what Linux says.</summary>
    [Test]
    [Platform("Linux")]
    public void Here_Instructions_AreThoseOfTheKernel()
    {
        var flags = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)
            || line.StartsWith("Features", StringComparison.Ordinal))?.Split(' ') ?? [];

        Assert.That(ProcessorFeatures.Here.Integer8, Is.EquivalentTo(
            flags.Intersect(["avx512_vnni", "avx_vnni", "amx_int8", "asimddp"])));
    }
}
