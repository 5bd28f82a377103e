using Bench.Analysis.Comparison;
using Bench.Analysis.Gate;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Gate;

/// <summary>Images per second are compared and gated for themselves where the mean latency does not say them.</summary>
public class ThroughputGateTests : GateFixture
{
    private TemporaryFolder _folder = null!;
    private RunFolder _base = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = new TemporaryFolder();
        _base = BatchFixture.Create(_folder.File("base"), openMs: 20);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    /// <summary>Every latency as before, and a fifth fewer images where streams share the machine.</summary>
    [Test]
    public void Check_StreamsThatShareLess_AreARegressionOfImagesAndCost()
    {
        var report = Check(_base, BatchFixture.Create(_folder.File("current"), streamsFactor: 1.2, openMs: 20));

        Assert.That(Regressions(report), Is.EquivalentTo(new[]
        {
            (GateSubject.ImagesPerSecond, BatchFixture.Streamed), (GateSubject.Cost, BatchFixture.Streamed),
            (GateSubject.ImagesPerSecond, BatchFixture.Both), (GateSubject.Cost, BatchFixture.Both),
        }));

        // 8 and 9.6 ms, and 0.25 more over the launches.
        var cell = report.Comparison.Cells.Single(cell => cell.Name == BatchFixture.Streamed);
        var images = cell.Checks.Single(check => check.Subject == CheckSubject.ImagesPerSecond);
        Assert.That((images.Ratio.BaseMs, images.Ratio.CurrentMs), Is.EqualTo((8.25, 9.85)).Within(1e-9));
        Assert.That(images.Ratio.Ratio, Is.EqualTo(9.85 / 8.25).Within(1e-4), "but for what the control did in each round");
        Assert.That(cell.ImagesPerSecond!.Base, Is.EqualTo(1000 / 8.25).Within(1e-9));
        Assert.That(cell.Cost!.Current, Is.EqualTo(9.85).Within(1e-9), "0.001 USD a second");
    }

    [Test]
    public void Write_FewerImages_IsTheGoldenText()
    {
        var report = Check(_base, BatchFixture.Create(_folder.File("current"), streamsFactor: 1.2, openMs: 20));

        Golden.Match(MarkdownGate.Write(report with { Comparison = report.Comparison with { Base = "base", Current = "current" } }),
            "tests", "Bench.Analysis.Tests", "Data", "golden", "gate-streams.md");
    }

    [Test]
    public void Check_ThroughputThreshold_IsOfImagesAlone()
    {
        var current = BatchFixture.Create(_folder.File("current"), streamsFactor: 1.2, openMs: 20);

        Assert.That(
            Regressions(Check(_base, current, Rules("""{ "schemaVersion": 1, "all": { "throughputThreshold": "60%" } }"""))).Select(
                found => found.Subject), Is.All.EqualTo(GateSubject.Cost).And.Exactly(2).Items);
        Assert.That(
            Regressions(Check(_base, current, Rules("""{ "schemaVersion": 1, "all": { "threshold": "60%" } }"""))), Is.Empty,
            "what is allowed of the time is allowed of images and of cost");
    }

    /// <summary>Of one stream the mean is what images per second follow from: one test, not two.</summary>
    [Test]
    public void Compare_OneStream_ShowsImagesWithoutATestOfTheirOwn()
    {
        var cells = Comparer.Compare(_base.Path, _base.Path, Options).Cells.ToDictionary(cell => cell.Name);

        Assert.That(cells[BatchFixture.Batched].Of(CheckSubject.ImagesPerSecond), Is.Null);
        Assert.That(cells[BatchFixture.Batched].ImagesPerSecond!.Base, Is.EqualTo(4000 / 20.27).Within(1e-9));
        Assert.That(cells[BatchFixture.Batched].Cost!.Base, Is.EqualTo(20.27 / 4).Within(1e-9));
        Assert.That(cells[BatchFixture.Streamed].Of(CheckSubject.ImagesPerSecond)!.Verdict, Is.EqualTo(ComparisonVerdict.Same));
    }

    /// <summary>One cell under two loads: each is found again, and neither is taken for the other.</summary>
    [Test]
    public void Compare_OpenLoad_IsMatchedWithItsLoad()
    {
        var current = BatchFixture.Create(_folder.File("current"), openMs: 25);

        var cells = Comparer.Compare(_base.Path, current.Path, Options).Cells.ToDictionary(cell => cell.Name);

        Assert.That(cells[BatchFixture.Open].Of(CheckSubject.ImagesPerSecond)!.Verdict, Is.EqualTo(ComparisonVerdict.Slower));
        Assert.That(cells[BatchFixture.Open].Time.Ratio.BaseMs, Is.EqualTo(12.27).Within(1e-9));
        Assert.That(cells[LaunchFixture.Plain].Time.Ratio.BaseMs, Is.EqualTo(10.27).Within(1e-9));
        Assert.That(
            Comparer.Compare(_base.Path, BatchFixture.Create(_folder.File("without")).Path, Options).Missing.Select(cell => cell.Name),
            Is.EqualTo(new[] { BatchFixture.Open }));
    }

    /// <summary>A request of four images takes longer than one of one, and the machine is faster all the same.</summary>
    [Test]
    public void Compare_BatchWithoutABatch_JudgesImagesApartFromLatencies()
    {
        var cell = Comparer.Compare(_base.Path, null, WithoutControl with
        {
            Pairing = new CellPairing("*/ort-cpu/fp32/linux-x64", "*/ort-cpu+batch=4/fp32/linux-x64"),
        }).Cells.Single();

        Assert.That(cell.Checks.Select(check => (check.Subject, check.Verdict)), Is.EqualTo(new[]
        {
            (CheckSubject.Time, ComparisonVerdict.Slower), (CheckSubject.MeanTime, ComparisonVerdict.Slower),
            (CheckSubject.ImagesPerSecond, ComparisonVerdict.Faster), (CheckSubject.Cost, ComparisonVerdict.Faster),
        }));
        Assert.That(cell.Of(CheckSubject.Cost)!.Ratio.Ratio, Is.EqualTo(20.27 / 4 / 10.27).Within(1e-9));
    }

    /// <summary>Small losses of images per second add up, too.</summary>
    [Test]
    public void SinceFirst_ImagesLostTwice_AreSummed()
    {
        var first = Comparer.Compare(_base.Path, BatchFixture.Create(_folder.File("second"), 1.04, 20).Path, Options);
        var history = ReferenceHistory.After(null, "first", "second", first, DateTimeOffset.UnixEpoch);
        var next = Comparer.Compare(_base.Path, BatchFixture.Create(_folder.File("third"), 1.03, 20).Path, Options)
            .Cells.Single(cell => cell.Name == BatchFixture.Streamed);

        var finding = history.SinceFirst(next, GateRules.Standard.Defaults, 0.95).Single(found => found.Text.Contains("images/s"));

        // 8.57 / 8.25 × 8.49 / 8.25.
        Assert.That(finding.Text, Does.Contain("small losses of images/s since the first accepted reference, first, add up to 1.069 "));
        Assert.That(finding.Outcome, Is.Not.EqualTo(GateOutcome.Passed));
    }
}
