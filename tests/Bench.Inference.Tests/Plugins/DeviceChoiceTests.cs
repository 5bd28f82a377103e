using Bench.Inference.OnnxRuntime.Plugins;

namespace Bench.Inference.Tests.Plugins;

public class DeviceChoiceTests
{
    private static readonly IReadOnlyList<PluginDevice> Devices =
    [
        Device("cpu", "GenuineIntel"), Device("gpu", "Intel Corporation"), Device("gpu", "NVIDIA"), Device("npu", "Intel Corporation"),
        Device("gpu", "NVIDIA"),
    ];

    [TestCase(null, 0)]
    [TestCase("0", 0)]
    [TestCase("2", 2)]
    [TestCase("gpu", 1)]
    [TestCase("gpu-1", 2)]
    [TestCase("npu", 3)]
    [TestCase("intel-gpu", 1)]
    [TestCase("gpu-intel", 1)]
    [TestCase("nvidia", 2)]
    [TestCase("nvidia-1", 4)]
    public void Of_Words_IsTheDeviceThatHoldsAll(string? words, int expected) =>
        Assert.That(DeviceChoice.Of(Devices, words), Is.EqualTo([expected]));

    [TestCase("amd")]
    [TestCase("5")]
    [TestCase("npu-1")]
    [TestCase("npu-nvidia")]
    public void Of_WordsThatNoDeviceHolds_IsNone(string words) => Assert.That(DeviceChoice.Of(Devices, words), Is.Empty);

    [Test]
    public void Of_All_IsEveryDevice() => Assert.That(DeviceChoice.Of(Devices, "all"), Is.EqualTo([0, 1, 2, 3, 4]));

    [TestCase("gpu--1")]
    [TestCase("")]
    [TestCase("intel gpu")]
    [TestCase("0-1")]
    [TestCase("gpu;rm")]
    public void IsOne_WhatIsNoWords_IsFalse(string text) => Assert.That(DeviceChoice.IsOne(text), Is.False);

    private static PluginDevice Device(string kind, string vendor) => new(kind, vendor, "0x0001", new Dictionary<string, string>());
}
