using System.Globalization;
using Bench.Analysis.Cost;
using Bench.Analysis.Equivalence;
using Bench.Analysis.Input;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Reports;

public class ReportTests
{
    private static readonly RunPrice Options = new(PriceCatalogue.BuiltIn());

    [Test]
    public void Markdown_RunOfEveryKindOfCell_IsTheGoldenOne() => WithRun(folder =>
        Golden.Match(
            MarkdownReport.Write(ReportBuilder.Build([folder], Options)), "tests", "Bench.Analysis.Tests", "Data", "golden", "report.md"));

    [Test]
    public void Json_RunOfEveryKindOfCell_IsTheGoldenOne() => WithRun(folder =>
        Golden.Match(
            JsonReport.Write(ReportBuilder.Build([folder], Options)), "tests", "Bench.Analysis.Tests", "Data", "golden", "report.json"));

    [Test]
    public void Markdown_IncompleteRunWithoutPrice_SaysBoth() => WithRun(
        folder =>
        {
            var text = MarkdownReport.Write(ReportBuilder.Build([folder], Options));

            Assert.That(text, Does.Contain("**Incomplete"));
            Assert.That(text, Does.Contain("give --hardware or --usd-per-hour"));
            Assert.That(text, Does.Contain("with uncommitted changes"));
        },
        manifest => manifest with { Complete = false, UsdPerHour = null, Git = manifest.Git with { Dirty = true } });

    [Test]
    public void Markdown_CultureWithCommas_IsTheSame()
    {
        // Made by hand, because the invariant globalization of the product knows no other culture.
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.DateSeparator = "#";
        culture.DateTimeFormat.TimeSeparator = "#";
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            Markdown_RunOfEveryKindOfCell_IsTheGoldenOne();
            Json_RunOfEveryKindOfCell_IsTheGoldenOne();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Build_TwoVersionsOfOneEngine_ComparesTheSecondWithTheFirst() => WithRun(
        folder =>
        {
            RunFixture.Rename(folder, (0, "tiny/ort-tensorrt@1.29.0/fp32/linux-x64"), (2, "tiny/ort-tensorrt@1.30.0/fp32/linux-x64"),
                (3, "tiny/ort-cpu/fp32/linux-x64"));
            var rows = ReportBuilder.Build([folder], Options).Models.Single().Rows.Where(row => row.Status == CellStatus.Measured).ToList();

            Assert.That(rows.Select(row => row.IsReference), Is.EqualTo([true, false]));
            Assert.That(rows[1].Comparison, Is.Not.Null);
        },
        // As if the run had had nothing but two versions of one provider.
        manifest => manifest with
        {
            Cells = [manifest.Cells[0], manifest.Cells[2], manifest.Cells[3]],
        });

    /// <summary>A row says nothing of a precision that its engine did not compute in, whichever that is.</summary>
    [TestCase(1, "fp32", OutputQuestion.NotTested)]
    [TestCase(1, "fp16", OutputQuestion.SameQuality)]
    [TestCase(2, "fp16", OutputQuestion.NotTested)]
    [TestCase(2, "fp32", OutputQuestion.SameOutputs)]
    public void Build_RowComputedInAnotherPrecision_IsNotTested(int cell, string computedIn, OutputQuestion question) => WithRun(
        folder => Assert.That(ReportBuilder.Build([folder], Options).Models[0].Rows[cell].Comparison!.Question, Is.EqualTo(question)),
        manifest => manifest with
        {
            Cells = [.. manifest.Cells.Select((found, i) => i == cell ? found with { EffectivePrecision = computedIn } : found)],
        });

    [Test]
    public void Build_TwoMachines_NamesThemInTheCells()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        var first = RunFixture.Create(one.Path);
        var second = RunFixture.Create(other.Path, m =>
            m with { Id = "20260102-030405-otherbox-0123456", Machine = m.Machine with { Cpu = "Other(R) CPU 4.0", CpuQuota = null } });

        var text = MarkdownReport.Write(ReportBuilder.Build([first, second], Options));

        Assert.That(text, Does.Contain("tiny/ort-cpu/fp32/linux-x64 on Test 3.0, 2 cores")
            .And.Contain("tiny/ort-cpu/fp32/linux-x64 on Other 4.0, 8 cores"));
    }

    [Test]
    public void Build_KnownHardware_TakesItsPrice() => WithRun(folder =>
        Assert.That(ReportBuilder.Build([folder], Options with { Hardware = "epyc-genoa-8vcpu" }).Runs[0].Prices.Single().Price!.Hardware,
            Is.EqualTo("epyc-genoa-8vcpu")));

    [Test]
    public void Build_UnknownHardware_NamesTheKnownOnes() => WithRun(folder =>
        Assert.That(() => ReportBuilder.Build([folder], Options with { Hardware = "abacus" }),
            Throws.ArgumentException.With.Message.Contains("v100")));

    /// <summary>Of its own cell, or of the reference, which every other cell is compared with.</summary>
    [TestCase(1, 1)]
    [TestCase(0, 2)]
    public void Build_OutputsThatAreGone_SaysSoWhereTheyWouldBeCompared(int gone, int compared) => WithRun(folder =>
    {
        File.Delete(Path.Combine(folder.Path, RunFolder.OutputsOf(RunFixture.IdOf(gone))));

        var rows = ReportBuilder.Build([folder], Options).Models[0].Rows;

        Assert.That(rows.Single(row => row.CellId == RunFixture.IdOf(compared)).Comparison, Is.Null);
        Assert.That(rows.Where(row => row.Warnings.Any(warning => warning.StartsWith(
            "its outputs, or those of tiny/ort-cpu/fp32/linux-x64, are gone from the run's folder", StringComparison.Ordinal)))
            .Select(row => row.CellId), Is.EqualTo(gone == 0 ? [RunFixture.IdOf(1), RunFixture.IdOf(2)] : new[] { RunFixture.IdOf(1) }));
        Assert.That(MarkdownReport.Write(ReportBuilder.Build([folder], Options)), Does.Contain("quality.json keeps nothing"));
    });

    [Test]
    public void Build_MeasuredCellWithoutTimings_SaysWhich() => WithRun(
        folder => Assert.That(() => ReportBuilder.Build([folder], Options),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("found no timings of tiny/ort-cuda")),
        manifest => manifest with
        {
            Cells = [.. manifest.Cells.Select(cell => cell.Backend.Name == "ort-cuda" ? cell with { Status = CellStatus.Measured } : cell)],
        });

    [Test]
    public void Build_CellsWithoutReference_DoNotClaimToBeIt() => WithRun(
        folder => Assert.That(MarkdownReport.Write(ReportBuilder.Build([folder], Options)),
            Does.Contain("0.8750 (no reference)").And.Not.Contain("(reference)")),
        manifest => manifest with { Cells = [.. manifest.Cells.Where(cell => cell.Id != RunFixture.IdOf(0))] });

    [Test]
    public void Build_ModelThatCouldNotBePrepared_KeepsItsRowsWithTheReason() => WithRun(
        folder => Assert.That(MarkdownReport.Write(ReportBuilder.Build([folder], Options)),
            Does.Contain("- `broken/ort-cpu/fp32/linux-x64` failed: the card is damaged")),
        manifest => manifest with
        {
            Cells = [.. manifest.Cells,
                manifest.Cells[4] with { Id = CellId.Parse("broken/ort-cpu/fp32/linux-x64"), Reason = "the card is damaged" }],
        });

    [Test]
    public void Build_MissingLaunch_SaysWhatIsMissing() => WithRun(
        folder => Assert.That(() => ReportBuilder.Build([folder], Options),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("run.json says 300 in rounds 1, 2, 3")),
        manifest => manifest with
        {
            Cells = [manifest.Cells[0] with
            {
                Iterations = 300,
                Launches = [.. manifest.Cells[0].Launches, manifest.Cells[0].Launches[0] with { Round = 3 }],
            }],
        });

    [Test]
    public void Build_InterruptedLaunch_DoesNotCount() => WithRun(
        folder => Assert.That(ReportBuilder.Build([folder], Options).Models[0].Rows[0].Latency!.Iterations, Is.EqualTo(100)),
        manifest => manifest with
        {
            Complete = false,
            Cells = [manifest.Cells[0] with { Iterations = 100, Launches = [manifest.Cells[0].Launches[0]] }],
        });

    [Test]
    public void Build_TwoRunsOfOneMachine_NamesTheRunsAndWhatDiffers()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();
        var first = RunFixture.Create(one.Path);
        var second = RunFixture.Create(other.Path, m => m with
        {
            Id = "20260102-040405-testbox-0123456",
            Profile = "smoke",
            Models = [m.Models[0] with { DataSha256 = new string('d', 64) }],
        });

        var text = MarkdownReport.Write(ReportBuilder.Build([first, second], Options));

        Assert.That(text, Does.Contain("tiny/ort-cpu/fp32/linux-x64 in 20260102-040405-testbox-0123456"));
        Assert.That(text, Does.Contain("evaluated different images").And.Contain("different profiles"));
    }

    private static void WithRun(Action<RunFolder> test, Func<RunManifest, RunManifest>? change = null)
    {
        using var temporary = new TemporaryFolder();
        test(RunFixture.Create(temporary.Path, change));
    }
}
