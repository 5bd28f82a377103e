using System.Text.Json;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Statistics;

public class MultiplicityTests
{
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "families" })]
    public void Corrections_CasesOfR_GiveThoseOfPAdjust(JsonElement golden)
    {
        Assert.That(Multiplicity.Holm(golden.Numbers("p")), Is.EqualTo(golden.Numbers("holm")).Within(1e-14));
    }

    [Test]
    public void Corrections_OfNothing_AreNothing() =>
        Assert.That(Multiplicity.Holm([]), Is.Empty);

    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public void Holm_WhatIsNoPValue_Throws(double p) => Assert.That(() => Multiplicity.Holm([p]), Throws.ArgumentException);
}
