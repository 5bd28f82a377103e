using Bench.Benchmarks.Preparing;
using Bench.Models;

namespace Bench.EndToEnd.Tests.Preparing;

public class ModelPreparationTests
{
    [TestCase("classifier")]
    [TestCase("external")]
    public void Prepare_NetworkLargerThanMemory_SaysBothSizesAndLoadsNothing(string name)
    {
        using var folder = new TemporaryFolder();

        var model = ModelPreparation.Prepare(new ModelSource(AnyNetworkTests.Network(name)), new PreparingOptions
        {
            Precisions = [Precision.Fp32],
            Formats = [ModelFormat.Onnx],
            Cache = folder.File("cache"),
            MemoryBytes = 100,
        });

        Assert.That(model.Failure, Does.Contain(
            $"{name}.onnx has 0.0 GiB with its weights; this machine has 0.0 GiB of memory. Measure it on a larger one."));
        Assert.That(model.Files, Is.Empty);
    }
}
