using Bench.Analysis.Measurements;

namespace Bench.Analysis.Tests.Measurements;

public class VariantTests
{
    [TestCase("", "%")]
    [TestCase("on", "on")]
    [TestCase("a.B_c-9", "a.B_c-9")]
    [TestCase("a b", "a%20b")]
    [TestCase("/x+y=z~", "%2Fx%2By%3Dz%7E")]
    [TestCase("50%", "50%25")]
    [TestCase("é", "%C3%A9")]
    [TestCase("線", "%E7%B7%9A")]
    public void ToString_Values_AreWrittenWithPercentSigns(string value, string text)
    {
        var variant = Variant.Of([new("k", value)]);

        Assert.That(variant.ToString(), Is.EqualTo($"k={text}"));
        Assert.That(Variant.Parse($"k={text}")["k"], Is.EqualTo(value));
    }

    [TestCase("k")]
    [TestCase("k=")]
    [TestCase("=v")]
    [TestCase("k=v+")]
    [TestCase("k=v+k=w")]
    [TestCase("k k=v")]
    [TestCase("k=a b")]
    [TestCase("k=%2f")]
    [TestCase("k=%61")]
    [TestCase("k=50%")]
    [TestCase("k=%C3")]
    public void Parse_TextThatIsNotWritten_IsRefused(string text)
    {
        Assert.That(Variant.TryParse(text, null, out _), Is.False);
        Assert.That(() => Variant.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains("batch=32+graph=on"));
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a=b")]
    public void Of_NameThatIsNone_IsRefused(string name) =>
        Assert.That(() => Variant.Of([new(name, "v")]), Throws.ArgumentException.With.Message.Contains($"'{name}'"));

    [Test]
    public void Of_NameTwice_IsRefused() =>
        Assert.That(() => Variant.Of([new("k", "v"), new("k", "w")]), Throws.ArgumentException.With.Message.Contains("each once"));

    [Test]
    public void With_ValueAndDefault_AddsReplacesAndRemoves()
    {
        var one = Variant.None.With("streams", "4").With("batch", "2");

        Assert.That(one.ToString(), Is.EqualTo("batch=2+streams=4"));
        Assert.That(one.With("batch", "8").ToString(), Is.EqualTo("batch=8+streams=4"));
        Assert.That(one.With("batch", null).With("streams", null), Is.EqualTo(Variant.None));
        Assert.That((one["batch"], one["graph"], one.Count), Is.EqualTo(("2", (string?)null, 2)));
    }

    [FsCheck.NUnit.Property]
    public bool ToString_OfAnyValue_IsReadBack(string? value, string? other)
    {
        // A half of a surrogate pair is no text that a file could hold.
        if ((value + other).Any(char.IsSurrogate))
        {
            return true;
        }

        var variant = Variant.Of([new("z", value ?? string.Empty), new("a", other ?? string.Empty)]);
        return Variant.Parse(variant.ToString()).Equals(variant)
            && variant.ToString().All(c => char.IsAsciiLetterOrDigit(c) || "._-%=+".Contains(c, StringComparison.Ordinal));
    }
}
