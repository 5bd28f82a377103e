using Bench.Analysis.Statistics.Queueing;

namespace Bench.Analysis.Tests.Statistics.Queueing;

/// <summary>How many overloaded launches show something.</summary>
public class OverloadRuleTests
{
    [TestCase(0, 0.5, false)]
    [TestCase(1, 0.5, false)]
    [TestCase(1, 0.999, false)]
    [TestCase(2, 0.5, true)]
    [TestCase(0, 1.5, false)]
    [TestCase(1, 1, true)]
    [TestCase(1, 1.5, true)]
    public void IsShown_LaunchesAtARate_BeyondSaturationOneDoes(int overloaded, double utilisation, bool expected) =>
        Assert.That(OverloadRule.IsShown(overloaded, utilisation), Is.EqualTo(expected));
}
