using Bench.Analysis.Cost;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Rows;

/// <summary>What rows of one report share.</summary>
public class RowBuilderTests
{
    /// <summary>Outputs under a load are those of the closed load: counted again, they would hide differences.</summary>
    [Test]
    public void JudgeTogether_CellUnderSeveralLoads_CountsItsComparisonOnce()
    {
        using var folder = new TemporaryFolder();
        var model = ReportBuilder.Build([RunFixture.Create(folder.Path)], new RunPrice(PriceCatalogue.BuiltIn())).Models[0];
        var compared = model.Rows.Where(row => row.Comparison is not null).ToList();

        var judged = RowBuilder.JudgeTogether([model with { Rows = [.. model.Rows, .. compared, .. compared, .. compared] }])[0].Rows
            .Where(row => row.Comparison is not null).ToList();

        Assert.That(compared, Has.Count.EqualTo(2));
        Assert.That(judged, Has.Count.EqualTo(8));
        foreach (var row in judged)
        {
            var alone = compared.Single(other => other.CellId == row.CellId);
            Assert.That(row.Comparison!.PDifferent, Is.EqualTo(alone.Comparison!.PDifferent));
        }

        Assert.That(judged.Max(row => row.Comparison!.PDifferent), Is.Positive);
    }
}
