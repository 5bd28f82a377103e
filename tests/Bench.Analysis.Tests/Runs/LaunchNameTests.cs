using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Runs;

public class LaunchNameTests
{
    [TestCase("unet/ort-cpu/fp32/linux-x64", 1, "unet_ort-cpu_fp32_linux-x64_r1")]
    [TestCase("unet/ort-cpu@1.29.0/fp32/linux-x64", 12, "unet_ort-cpu@1.29.0_fp32_linux-x64_r12")]
    [TestCase("unet/ort-cuda+graph=on+layout=nhwc/fp16/linux-x64", 3, "unet_ort-cuda+graph=on+layout=nhwc_fp16_linux-x64_r3")]
    [TestCase("unet/ort-cpu/fp32/linux-x64~120rps", 1, "unet_ort-cpu_fp32_linux-x64~120rps_r1")]
    public void ToString_Measurement_IsItWithoutSlashesAndTheRound(string measurement, int round, string expected) =>
        Assert.That(new LaunchName(MeasurementId.Parse(measurement), round).ToString(), Is.EqualTo(expected));

    [Test]
    public void ToString_LongNames_AreCutAndStillDistinct()
    {
        var names = Enumerable.Range(0, 100)
            .Select(i => Name(Variant.Of([new("ep.some_option", new string('v', 300) + i)]), 1).ToString()).ToList();

        Assert.That(names, Is.Unique);
        Assert.That(names.Select(name => name.Length), Has.All.InRange(100, 200));
        Assert.That(Name(Variant.Of([new("ep.some_option", new string('v', 300) + "0")]), 1).ToString(), Is.EqualTo(names[0]));
    }

    [Test]
    public void ToString_LongLaunchesOfOneMeasurement_DifferInTheirRound()
    {
        var variant = Variant.Of([new("ep.some_option", new string('v', 300))]);

        Assert.That(Name(variant, 1).ToString()[..^1], Is.EqualTo(Name(variant, 2).ToString()[..^1]));
        Assert.That((Name(variant, 1).ToString()[^3..], Name(variant, 2).ToString()[^3..]), Is.EqualTo(("_r1", "_r2")));
    }

    // What no file name on Windows, Linux or macOS may have; a reader of logs wants no spaces either.
    [FsCheck.NUnit.Property]
    public bool ToString_AnyValueOfAKnob_IsAFileNameEverywhere(string? value)
    {
        var name = Name(Variant.None.With("ep.some_option", value), 1).ToString();

        return name.All(c => char.IsAscii(c) && !char.IsControl(c) && !"<>:\"/\\|?* ".Contains(c, StringComparison.Ordinal))
            && name.Length <= 200;
    }

    [FsCheck.NUnit.Property]
    public bool ToString_OtherValues_AreOtherNames(string? one, string? other) =>
        (Variant.None.With("ep.a", one).Equals(Variant.None.With("ep.a", other)))
            == (Name(Variant.None.With("ep.a", one), 1).ToString() == Name(Variant.None.With("ep.a", other), 1).ToString());

    private static LaunchName Name(Variant variant, int round) => new(
        new MeasurementId(new CellId("unet", new BackendId("ort-cpu"), variant, "fp32", "linux-x64"), Load.Closed), round);
}
