using Bench.Inference.OnnxRuntime;

namespace Bench.Inference.Tests.OnnxRuntime;

public class ProviderOptionTextTests
{
    [Test]
    public void Parse_OptionsAsAProviderTellsThem_GivesNamesAndValues() => Assert.That(
        ProviderOptionText.Parse("device_id=0;trt_profile_min_shapes=x:1x3x4x4;empty=;nonsense; spaced = 1 "),
        Is.EquivalentTo(new Dictionary<string, string>
        {
            ["device_id"] = "0",
            ["trt_profile_min_shapes"] = "x:1x3x4x4",
            ["empty"] = string.Empty,
            ["spaced"] = "1",
        }));
}
