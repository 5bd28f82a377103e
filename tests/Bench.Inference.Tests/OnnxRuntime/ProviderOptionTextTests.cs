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

    [TestCase("prefer_nhwc=1", "nhwc")]
    [TestCase("prefer_nhwc=0", "nchw")]
    [TestCase("device_id=0", null)]
    public void AddSwitch_WhatTheProviderSays_IsTheKnobsValue(string text, string? expected)
    {
        var options = ProviderOptionText.Parse(text);

        ProviderOptionText.AddSwitch(options, "prefer_nhwc", "layout", "nhwc");

        Assert.That(options.GetValueOrDefault("layout"), Is.EqualTo(expected));
    }
}
