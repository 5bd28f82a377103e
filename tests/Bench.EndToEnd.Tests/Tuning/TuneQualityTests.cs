using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Tuning;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>What a search asks of outputs, on the int8 of InceptionV3: its quality is kept by the model's margin of 0.01, and it may lose
/// 0.0018.</summary>
public class TuneQualityTests
{
    private static readonly MeasurementRow Int8 = ReportBuilder.Build(
            [new RunFolder(Repository.File("artifacts", "reference", "20261127-182234-vm-bec19d6"))],
            new RunPrice(PriceCatalogue.BuiltIn()))
        .Models.SelectMany(model => model.Rows).First(row => row.Precision == "int8");

    [TestCase(null)]
    [TestCase(0.002)]
    [TestCase(double.PositiveInfinity)]
    public void WhyNot_LossThatIsAllowed_IsNone(double? drop) =>
        Assert.That(new TuneQuality(drop, OutputRequirement.Shown).WhyNot(Int8), Is.Null);

    /// <summary>Also where the model's own margin would allow it.</summary>
    [Test]
    public void WhyNot_LossBeyondAStricterDrop_IsTheReason() => Assert.That(
        new TuneQuality(0.001, OutputRequirement.Shown).WhyNot(Int8),
        Is.EqualTo("it is not shown to lose no more than 0.001: it may be 0.0018 (--max-accuracy-drop)"));

    /// <summary>A percentile of five requests would be lower than one of twenty.</summary>
    [Test]
    public void RequestsOf_BatchesUnderALimit_AreAsManyAsSingleOnes()
    {
        var profile = Profile.All.First(profile => profile.Name == "default");
        var limited = profile with { Measuring = profile.Measuring with { LimitMs = 20, Quantile = 0.9 } };

        Assert.That(TuneProfiles.Search(profile).Measuring.RequestsOf(8), Is.EqualTo(5));
        Assert.That(TuneProfiles.Search(limited).Measuring.RequestsOf(8), Is.EqualTo(20));
    }
}
