namespace Bench.Models.Tests;

public class PrecisionsTests
{
    [TestCase("fp32", "fp32", "fp32")]
    [TestCase("tf32", "fp32", "tf32")]
    [TestCase("bf16", "fp32", "bf16")]
    [TestCase("fp16", "fp16", "fp16")]
    public void TryParse_Name_HasFileAndArithmetic(string id, string file, string arithmetic)
    {
        Assert.That(Precisions.TryParse(id, out var precision));
        Assert.That(precision, Is.EqualTo(new Precision(id, file, arithmetic)));
        Assert.That(precision!.ToString(), Is.EqualTo(id));
    }

    [TestCase("FP32")]
    [TestCase("fp8")]
    [TestCase("")]
    [TestCase(null)]
    public void TryParse_OtherName_IsNone(string? id) => Assert.That(Precisions.TryParse(id, out _), Is.False);

    [Test]
    public void Default_Always_IsWhatItWas() =>
        Assert.That(Precisions.Default.Select(precision => precision.Id), Is.EqualTo(["fp32", "fp16"]));

    [Test]
    public void Files_Modes_ShareThatOfFp32() => Assert.That(Precisions.Files, Is.EqualTo(["fp32", "fp16", "int8"]));
}
