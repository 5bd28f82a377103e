using System.Text.Json;
using Bench.Analysis.Statistics;

namespace Bench.Analysis.Tests.Statistics;

public class HarrellDavisTests
{
    [TestCaseSource(typeof(GoldenCases), nameof(GoldenCases.Of), new object[] { "harrell-davis" })]
    public void Quantile_CasesOfSciPy_AreTheSame(JsonElement entry) =>
        Assert.That(
            HarrellDavis.Quantile(entry.Numbers("values"), entry.Number("p")), Is.EqualTo(entry.Number("quantile")).Within(1e-9).Percent);

    [Test]
    public void Quantile_OneValue_IsThatValue() => Assert.That(HarrellDavis.Quantile([7], 0.9), Is.EqualTo(7).Within(1e-12));
}
