using Bench.Arrays;
using Bench.Models.Data;
using Bench.Models.Inputs;

namespace Bench.Models.Tests.Inputs;

public class DrawnValuesTests
{
    [TestCase("normal", "normal")]
    [TestCase("bools", "ints:0..1")]
    [TestCase("ints:0..30521", "ints:0..30521")]
    [TestCase("ints:-5..5", "ints:-5..5")]
    [TestCase("floats:-1.5..2e3", "floats:-1.5..2000")]
    [TestCase("16000", "16000")]
    [TestCase("0.5", "0.5")]
    public void TryParse_ItsOwnText_IsRead(string text, string written)
    {
        Assert.That(DrawnValues.TryParse(text, out var values));
        Assert.That(values!.ToString(), Is.EqualTo(written));
        Assert.That(DrawnValues.TryParse(written, out var again) ? again : null, Is.EqualTo(values));
    }

    [TestCase("ints:5..1")]
    [TestCase("ints:0.5..1")]
    [TestCase("ints:1")]
    [TestCase("floats:0..nan")]
    [TestCase("floats:0..∞")]
    [TestCase("ints:0..99999999999999999999")]
    [TestCase("Normal")]
    [TestCase("x.npy")]
    public void TryParse_Otherwise_IsNone(string text) => Assert.That(DrawnValues.TryParse(text, out _), Is.False);

    [FsCheck.NUnit.Property]
    public bool TryParse_WholeNumbersOfAnyRange_AreReadBack(int one, int other) =>
        DrawnValues.TryParse($"ints:{Math.Min(one, other)}..{Math.Max(one, other)}", out var values)
        && (values.Low, values.High) == (Math.Min(one, other), Math.Max(one, other));

    [TestCase(ElementType.Float32, null, "normal")]
    [TestCase(ElementType.Float16, null, "normal")]
    [TestCase(ElementType.Float64, null, "normal")]
    [TestCase(ElementType.UInt8, null, "ints:0..255")]
    [TestCase(ElementType.Int8, null, "ints:-128..127")]
    [TestCase(ElementType.Int64, null, "ints:0..1")]
    [TestCase(ElementType.Int64, 30522L, "ints:0..30521")]
    [TestCase(ElementType.Int32, 7L, "ints:0..6")]
    [TestCase(ElementType.Boolean, null, "ints:0..1")]
    public void For_Type_IsSensible(ElementType type, long? bound, string expected) =>
        Assert.That(DrawnValues.For("x", type, bound).ToString(), Is.EqualTo(expected));

    [TestCase("attention_mask", ElementType.Int64, "1")]
    [TestCase("src_Mask", ElementType.Float32, "1")]
    [TestCase("mask", ElementType.Boolean, "1")]
    public void For_Mask_HidesNothing(string name, ElementType type, string expected) =>
        Assert.That(DrawnValues.For(name, type, null).ToString(), Is.EqualTo(expected));

    [TestCase("normal", ElementType.Int64, null, "expected ints:LOW..HIGH")]
    [TestCase("ints:0..256", ElementType.UInt8, null, "numbers of type uint8 are 0 to 255")]
    [TestCase("ints:0..2", ElementType.Boolean, null, "numbers of type bool are 0 to 1")]
    [TestCase("ints:0..50", ElementType.Int64, 50L, "places in a table of 50: expected numbers from 0 to 49")]
    [TestCase("ints:-51..0", ElementType.Int64, 50L, "places in a table of 50")]
    [TestCase("ints:-50..49", ElementType.Int64, 50L, null)]
    [TestCase("ints:0..9", ElementType.Float32, null, null)]
    public void WhyNot_NumbersThatDoNotFit_SaysWhy(string text, ElementType type, long? bound, string? expected)
    {
        Assert.That(DrawnValues.TryParse(text, out var values));
        Assert.That(values!.WhyNot(type, bound), expected is null ? Is.Null : Does.Contain(expected));
    }

    [Test]
    public void Draw_Normal_HasTheMomentsOfOne()
    {
        var numbers = Draw(DrawnValues.Normal, 100_000);

        // Four standard errors.
        Assert.That(numbers.Average(), Is.EqualTo(0).Within(4 / Math.Sqrt(numbers.Length)));
        Assert.That(numbers.Average(number => number * number), Is.EqualTo(1).Within(4 * Math.Sqrt(2.0 / numbers.Length)));
    }

    [Test]
    public void Draw_WholeNumbers_GivesEachAsOften()
    {
        var numbers = Draw(DrawnValues.WholeNumbers(-2, 3), 60_000);

        Assert.That(numbers.GroupBy(number => number).OrderBy(group => group.Key).Select(group =>
            group.Key), Is.EqualTo([-2, -1, 0, 1, 2, 3]));
        Assert.That(numbers.GroupBy(number => number).Select(group => group.Count()), Has.All.EqualTo(10_000).Within(4 * 92));
    }

    private static double[] Draw(DrawnValues values, int count)
    {
        var random = new SeededRandom(7);
        var numbers = new double[count];
        values.Draw(ref random, numbers);
        return numbers;
    }
}
