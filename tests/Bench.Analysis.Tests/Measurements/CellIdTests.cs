using System.Text.Json;
using Bench.Analysis.Measurements;

namespace Bench.Analysis.Tests.Measurements;

public class CellIdTests
{
    [TestCase("inceptionv3/ort-cpu/fp32/linux-x64", "ort-cpu", null)]
    [TestCase("unet/ort-cpu@1.30.0/fp16/windows-x64", "ort-cpu", "1.30.0")]
    [TestCase("unet/ort-cpu-unoptimized/int8/osx-arm64", "ort-cpu-unoptimized", null)]
    [TestCase("my.net_2/ort-cpu@local/fp32/linux-arm64", "ort-cpu", "local")]
    [TestCase("unet/ort-cpu@1.31.0-rc.1+a1b2c3/fp32/linux-x64", "ort-cpu", "1.31.0-rc.1+a1b2c3")]
    public void Parse_PlainId_IsTheSameByteForByte(string text, string backend, string? version)
    {
        var id = CellId.Parse(text);

        Assert.That(id.ToString(), Is.EqualTo(text));
        Assert.That((id.Backend, id.Variant), Is.EqualTo((new BackendId(backend, version), Variant.None)));
        Assert.That($"{id.Model}/{id.ConfiguredBackend}/{id.Precision}/{id.Platform}", Is.EqualTo(text));
        Assert.That(id.FileName, Is.EqualTo(text.Replace('/', '_')));
        Assert.That(JsonSerializer.Serialize(id), Is.EqualTo(JsonSerializer.Serialize(text)));
    }

    [TestCase("unet/ort-cuda+graph=on/fp16/linux-x64", "ort-cuda", "graph=on")]
    [TestCase("unet/ort-cpu@1.31.0+a1b2+batch=32+graph=on/fp32/linux-x64", "ort-cpu@1.31.0+a1b2", "batch=32+graph=on")]
    [TestCase("unet/ort-cuda+ep.x=a%2Fb/fp32/linux-x64", "ort-cuda", "ep.x=a%2Fb")]
    public void Parse_Variant_IsApartFromBackendAndVersion(string text, string backend, string variant)
    {
        var id = CellId.Parse(text);

        Assert.That((id.Backend.ToString(), id.Variant.ToString(), id.ToString()), Is.EqualTo((backend, variant, text)));
    }

    [Test]
    public void Parse_KnobsInAnotherOrder_AreTheSameCell() => Assert.That(
        CellId.Parse("unet/ort-cuda+graph=on+batch=2/fp16/linux-x64"),
        Is.EqualTo(CellId.Parse("unet/ort-cuda+batch=2+graph=on/fp16/linux-x64")));

    [TestCase("")]
    [TestCase("unet")]
    [TestCase("unet/ort-cpu/fp32")]
    [TestCase("unet/ort-cpu/fp32/linux/x64")]
    [TestCase("/ort-cpu/fp32/linux-x64")]
    [TestCase("unet//fp32/linux-x64")]
    [TestCase("unet/ort-cpu//linux-x64")]
    [TestCase("unet/ort-cpu/fp32/")]
    [TestCase("unet/@1.30.0/fp32/linux-x64")]
    [TestCase("unet/ort-cpu@/fp32/linux-x64")]
    [TestCase("unet/ort-cuda+graph=/fp32/linux-x64")]
    [TestCase("unet/ort-cuda+graph=on+graph=off/fp32/linux-x64")]
    [TestCase("unet/ort-cuda=on/fp32/linux-x64")]
    public void Parse_NoId_IsRefused(string text)
    {
        Assert.That(CellId.TryParse(text, null, out _), Is.False);
        Assert.That(() => CellId.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains($"'{text}'")
            .And.Message.Contains("unet/ort-cpu/fp32/linux-x64"));
        Assert.That(() => JsonSerializer.Deserialize<CellId>(JsonSerializer.Serialize(text)), Throws.TypeOf<JsonException>());
    }

    [TestCase("7")]
    [TestCase("[]")]
    public void Deserialize_NoText_IsRefused(string json) =>
        Assert.That(() => JsonSerializer.Deserialize<CellId>(json), Throws.TypeOf<JsonException>());

    [FsCheck.NUnit.Property]
    public bool ToString_OfAnyParts_IsReadBack(byte parts, string? knob, bool hasVersion)
    {
        // A half of a surrogate pair is no text that a file could hold.
        if (knob?.Any(char.IsSurrogate) == true)
        {
            return true;
        }

        var variant = knob is null ? Variant.None : Variant.Of([new("graph", knob), new("batch", "2")]);
        var id = new CellId($"net{parts}", new BackendId("ort-cuda", hasVersion ? $"1.{parts}.0" : null), variant, "fp16", "linux-x64");

        var json = JsonSerializer.Serialize(new Dictionary<CellId, CellId> { [id] = id });
        var (key, value) = JsonSerializer.Deserialize<Dictionary<CellId, CellId>>(json)!.Single();
        return CellId.Parse(id.ToString()) == id && id.ToString().Split('/').Length == 4 && (key, value) == (id, id);
    }
}
