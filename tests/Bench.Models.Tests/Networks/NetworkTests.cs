using Bench.Models.Networks;

namespace Bench.Models.Tests.Networks;

public class NetworkTests
{
    // Published counts of InceptionV3 without its auxiliary classifier: 23,834,568 with the batch norms' 2 × 17,216 parameters
    // (torchvision); folding leaves one bias for each of the 17,216 channels, so 23,817,352.
    [TestCase(1000, 23_817_352)]
    [TestCase(10, 21_788_842)]
    public void ParameterCount_InceptionV3_IsThePublishedOne(int classes, long expected) =>
        Assert.That(InceptionV3.Describe(classes).ParameterCount, Is.EqualTo(expected));

    [Test]
    public void Layers_InceptionV3_Has94Convolutions() =>
        Assert.That(InceptionV3.Describe(10).Layers.OfType<ConvolutionLayer>().Count(), Is.EqualTo(94));

    [Test]
    public void Layers_InceptionV3_EndsOn2048FeaturesOf8By8()
    {
        var layers = InceptionV3.Describe(10).Layers;

        Assert.That(layers.Single(layer => layer.Name == "Mixed_7c").Output, Is.EqualTo(new FeatureShape(2048, 8, 8)));
        Assert.That(layers[^1].Output, Is.EqualTo(new FeatureShape(10, 1, 1)));
    }

    [Test]
    public void MultiplyAdds_InceptionV3_AreAbout5_7Billion()
    {
        var count = InceptionV3.Describe(1000).Layers.OfType<ConvolutionLayer>().Sum(
            c => (long)c.Output.Channels * c.Output.Height * c.Output.Width * c.InputChannels * c.Kernel.Rows * c.Kernel.Columns);

        Assert.That(count / 1e9, Is.EqualTo(5.7).Within(0.05));
    }

    [TestCase(32, 7_759_521)]
    [TestCase(64, 31_030_593)]
    public void ParameterCount_UNet_IsThePublishedOne(int width, long expected) =>
        Assert.That(UNet.Describe(160, width).ParameterCount, Is.EqualTo(expected));

    [Test]
    public void Describe_UNetOfOddSize_Throws() =>
        Assert.That(() => UNet.Describe(150), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("multiple of 16"));

    [Test]
    public void Layers_EveryInput_IsAnEarlierLayer()
    {
        foreach (var network in new[] { InceptionV3.Describe(10), UNet.Describe() })
        {
            var known = new HashSet<string> { network.InputName };
            foreach (var layer in network.Layers)
            {
                Assert.That(known.IsSupersetOf(layer.Inputs), layer.Name);
                Assert.That(known.Add(layer.Name), layer.Name);
            }
        }
    }
}
