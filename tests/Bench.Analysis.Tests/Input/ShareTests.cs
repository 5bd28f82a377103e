using Bench.Analysis.Input;

namespace Bench.Analysis.Tests.Input;

public class ShareTests
{
    [TestCase("5%", 0.05)]
    [TestCase("0.05", 0.05)]
    [TestCase(" 5 % ", 0.05)]
    [TestCase("150 %", 1.5)]
    [TestCase("2.5%", 0.025)]
    [TestCase("0", 0)]
    [TestCase("0%", 0)]
    [TestCase("1", 1)]
    [TestCase("100%", 1)]
    [TestCase("5e-3", 0.005)]
    public void Parse_AsPeopleWriteIt_IsRead(string text, double expected) =>
        Assert.That(Share.Parse(text).Value, Is.EqualTo(expected).Within(1e-15));

    [TestCase("5")]
    [TestCase("1.01")]
    [TestCase("-5%")]
    [TestCase("-0.05")]
    [TestCase("0,05")]
    [TestCase("")]
    [TestCase("%")]
    [TestCase("5%%")]
    [TestCase("NaN")]
    [TestCase("Infinity%")]
    [TestCase("1e400%")]
    public void Parse_WhatIsNoneOrAmbiguous_IsRefused(string text)
    {
        Assert.That(Share.TryParse(text, provider: null, out _), Is.False);
        Assert.That(() => Share.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo(
            $"Found '{text}'; expected a share such as 5% or 0.05."));
    }

    [TestCase("0", "zeroToOne zeroToBelowOne")]
    [TestCase("0.5", "aboveZero zeroToOne zeroToBelowOne aboveZeroToOne between")]
    [TestCase("1", "aboveZero zeroToOne aboveZeroToOne")]
    [TestCase("150%", "aboveZero")]
    public void TryParse_OfARange_TakesWhatLiesInIt(string text, string expected)
    {
        (string Name, ShareRange Range)[] ranges =
        [
            ("aboveZero", ShareRange.AboveZero), ("zeroToOne", ShareRange.ZeroToOne), ("zeroToBelowOne", ShareRange.ZeroToBelowOne),
            ("aboveZeroToOne", ShareRange.AboveZeroToOne), ("between", ShareRange.Between),
        ];

        Assert.That(ranges.Where(range => Share.TryParse(text, range.Range, out _)).Select(range => range.Name),
            Is.EqualTo(expected.Split(' ')));
    }

    [FsCheck.NUnit.Property]
    public bool ToString_OfTenThousandths_IsReadBack(ushort tenThousandths)
    {
        var share = new Share(tenThousandths / 10_000.0);

        return Math.Abs(Share.Parse(share.ToString()).Value - share.Value) < 1e-12;
    }
}
