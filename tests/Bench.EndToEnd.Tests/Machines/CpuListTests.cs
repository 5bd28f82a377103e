using Bench.Benchmarks.Machines;

namespace Bench.EndToEnd.Tests.Machines;

public class CpuListTests
{
    [TestCase("0", new[] { 0 })]
    [TestCase("0-3,8", new[] { 0, 1, 2, 3, 8 })]
    [TestCase("\t8,0-1\n", new[] { 0, 1, 8 })]
    public void Parse_ListOfTheKernel_GivesTheNumbers(string text, int[] expected) =>
        Assert.That(CpuList.Parse(text), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase(null)]
    [TestCase("many")]
    [TestCase("3-1")]
    [TestCase("0-2-4")]
    [TestCase("0-4000000000")]
    [TestCase("-1")]
    public void Parse_NoList_GivesNull(string? text) => Assert.That(CpuList.Parse(text), Is.Null);

    [TestCase("0-7,16-23")]
    [TestCase("3")]
    [TestCase("0,2,4-5")]
    public void Format_NumbersOfAList_GivesTheListAgain(string text) => Assert.That(CpuList.Format(CpuList.Parse(text)!), Is.EqualTo(text));
}
