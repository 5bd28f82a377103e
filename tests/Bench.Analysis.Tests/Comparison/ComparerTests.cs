using Bench.Analysis.Comparison;
using Bench.Analysis.Cost;
using Bench.Analysis.Input;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Comparison;

public class ComparerTests
{
    private static readonly ComparisonOptions Options = new() { Price = new RunPrice(PriceCatalogue.BuiltIn()) };
    private static readonly ComparisonOptions WithControl = Options with { Control = "tiny/ort-cpu-unoptimized/*" };

    [Test]
    public void Compare_RunWithItself_IsTheSame()
    {
        using var temporary = new TemporaryFolder();
        var run = RunFixture.Create(Path.Combine(temporary.Path, "run"), 6, 0.01, 1);
        var report = Comparer.Compare(run.Path, run.Path, WithControl);

        Assert.That(
            report.Cells.Where(cell => !cell.IsControl).Select(cell => cell.Verdict), Has.Exactly(2).EqualTo(ComparisonVerdict.Same));
        Assert.That((report.Differences.Count, report.Missing.Count, report.New.Count, report.AreComparable), Is.EqualTo((0, 0, 0, true)));
    }

    /// <summary>How runs of the same code differ is not known: equal times show nothing, and only a large change shows something.</summary>
    [TestCase(1.00, ComparisonVerdict.Inconclusive)]
    [TestCase(1.10, ComparisonVerdict.Inconclusive)]
    [TestCase(0.90, ComparisonVerdict.Inconclusive)]
    [TestCase(2.00, ComparisonVerdict.Slower)]
    [TestCase(0.50, ComparisonVerdict.Faster)]
    public void Compare_RunsWithoutEvidenceBetweenThem_OnlyLargeChangesAreShown(double factor, ComparisonVerdict verdict)
    {
        using var temporary = new TemporaryFolder();
        var from = RunFixture.Create(Path.Combine(temporary.Path, "base"), 6, 0.01, 1);
        var to = RunFixture.Create(Path.Combine(temporary.Path, "current"), 6, 0.01, factor);

        Assert.That(Comparer.Compare(from.Path, to.Path, Options).Cells.Select(cell => cell.Verdict), Is.All.EqualTo(verdict));
    }

    [Test]
    public void Write_SlowerRunOfAnotherMachine_SaysAllOfItAboveTheTable()
    {
        using var temporary = new TemporaryFolder();
        var from = RunFixture.Create(Path.Combine(temporary.Path, "base"), 6, 0.01, 1);
        var to = RunFixture.Create(Path.Combine(temporary.Path, "current"), 6, 0.01, 1.1, Changed);
        var report = Comparer.Compare(from.Path, to.Path, Options);

        Golden.Match(MarkdownComparison.Write(report with { Base = "base", Current = "current" }), "tests", "Bench.Analysis.Tests", "Data",
            "golden", "comparison.md");
        Golden.Match(JsonComparison.Write(report with { Base = "base", Current = "current" }), "tests", "Bench.Analysis.Tests", "Data",
            "golden", "comparison.json");
        Assert.That(report.AreComparable, Is.False);
    }

    [Test]
    public void Compare_CellThatFailsNow_IsMissingWithItsReason()
    {
        using var temporary = new TemporaryFolder();
        var from = RunFixture.Create(Path.Combine(temporary.Path, "base"), 6, 0.01, 1);
        var to = RunFixture.Create(Path.Combine(temporary.Path, "current"), 6, 0.01, 1, manifest => manifest with
        {
            Cells = [.. manifest.Cells.Select((cell, i) => i == 0 ? cell with { Status = CellStatus.Failed, Reason = "crashed" } : cell)],
        });

        Assert.That(Comparer.Compare(from.Path, to.Path, Options).Missing,
            Is.EqualTo(new[] { new Unmatched(RunFixture.CellIds[0], "failed on the current side: crashed") }));
        Assert.That(Comparer.Compare(to.Path, from.Path, Options).New,
            Is.EqualTo(new[] { new Unmatched(RunFixture.CellIds[0], "failed in the base: crashed") }));
    }

    [Test]
    public void Compare_OtherImages_PairsNoOutputs()
    {
        using var temporary = new TemporaryFolder();
        var from = RunFixture.Create(Path.Combine(temporary.Path, "base"), 6, 0.01, 1);
        var to = RunFixture.Create(Path.Combine(temporary.Path, "current"), 6, 0.01, 1, manifest => manifest with
        {
            Models = [manifest.Models[0] with { DataSha256 = new string('d', 64) }],
        });
        var report = Comparer.Compare(from.Path, to.Path, Options);

        Assert.That(report.Cells.Select(cell => cell.Quality), Is.All.Null);
        Assert.That(report.AreComparable, Is.False);
        Assert.That(report.Differences.Select(difference => difference.Name), Does.Contain("evaluation images"));
    }

    /// <summary>A run folder, and what BenchmarkDotNet exported of the same run, are the same thing.</summary>
    [Test]
    public void Compare_RunFolderWithItsOwnExport_MatchesByCell()
    {
        using var temporary = new TemporaryFolder();
        var run = RunFixture.Create(Path.Combine(temporary.Path, "run"), 6, 0.01, 1);
        var report = Comparer.Compare(run.Path, run.BenchmarkDotNetPath, Options);

        Assert.That(report.Cells.Select(cell => cell.Name), Is.EquivalentTo(RunFixture.CellIds.Take(3)));
        Assert.That(report.Cells.Select(cell => (cell.Verdict, cell.Time.Ratio.Evidence)),
            Is.All.EqualTo((ComparisonVerdict.Inconclusive, Evidence.Launches)));
    }

    [Test]
    public void Compare_TableWithJson_MatchesByShortNamesAndSaysThatItIsWeaker()
    {
        var folder = Repository.File("tests", "Bench.Analysis.Tests", "Data", "exports");
        using var temporary = new TemporaryFolder();
        Write(temporary, "base", "Some.Space.X-report-github.md",
            "| Method | Mean | Error | StdDev |\n|---|---|---|---|\n| A | 20.00 ns | 0.50 ns | 0.40 ns |\n");
        Write(temporary, "now", "X-report-brief.json", Export(("DefaultJob", 20)));
        var matched = Comparer.Compare(temporary.File("base"), temporary.File("now"), Options);
        Assert.That(matched.Cells.Select(cell => (cell.Name, cell.Verdict)),
            Is.EqualTo(new[] { ("Some.Space.X.A", ComparisonVerdict.Inconclusive) }));
        var report = Comparer.Compare(
            Path.Combine(folder, "Acme.Sorting-report-github.md"), Path.Combine(folder, "Acme.Sorting-report-full.json"), Options);

        // The table has a parameter that the export lacks: nothing matches, and nothing is dropped.
        Assert.That(report.Cells, Is.Empty);
        Assert.That(report.Missing, Has.Count.EqualTo(2));
        Assert.That(report.New, Has.Count.EqualTo(1));
        Assert.That(report.Remarks, Has.Some.Contains("Weaker evidence"));
    }

    [Test]
    public void Compare_TwoTables_JudgesTheirMeansAndNothingElse()
    {
        using var temporary = new TemporaryFolder();
        const string Table = "| Method | Mean | Error | StdDev |\n|---|---:|---:|---:|\n| A | {0} us | 0.10 us | 0.09 us |\n";
        Write(temporary, "base", "Acme.X-report-github.md", Table.Replace("{0}", "10.00", StringComparison.Ordinal));
        Write(temporary, "now", "Acme.X-report-github.md", Table.Replace("{0}", "20.00", StringComparison.Ordinal));
        var report = Comparer.Compare(Path.Combine(temporary.Path, "base"), Path.Combine(temporary.Path, "now"), Options);

        Assert.That(report.Cells.Single().Verdict, Is.EqualTo(ComparisonVerdict.Slower));
        Assert.That(report.Cells.Single().Checks.Select(check => check.Subject), Is.EqualTo(new[] { CheckSubject.MeanTime }));
    }

    /// <summary>The letters of unnamed jobs change from run to run; their characteristics tell them apart.</summary>
    [Test]
    public void Compare_SeveralJobs_AreKeptApart()
    {
        using var temporary = new TemporaryFolder();
        Write(temporary, "base", "A-report-brief.json", Export(("Job-AAAAAA(Runtime=8)", 10), ("Job-BBBBBB(Runtime=9)", 20)));
        Write(temporary, "now", "A-report-brief.json", Export(("Job-CCCCCC(Runtime=9)", 20), ("Job-DDDDDD(Runtime=10)", 10)));
        var report = Comparer.Compare(Path.Combine(temporary.Path, "base"), Path.Combine(temporary.Path, "now"), Options);

        Assert.That(report.Cells.Select(cell => (cell.Name, cell.Verdict)),
            Is.EqualTo(new[] { ("X.A [Runtime=9]", ComparisonVerdict.Inconclusive) }));
        Assert.That(report.Missing.Select(entry => entry.Name), Is.EqualTo(new[] { "X.A [Runtime=8]" }));
        Assert.That(report.New.Select(entry => entry.Name), Is.EqualTo(new[] { "X.A [Runtime=10]" }));
    }

    [Test]
    public void Compare_OneJobOnEachSide_IsTheSameBenchmark()
    {
        using var temporary = new TemporaryFolder();
        Write(temporary, "base", "A-report-brief.json", Export(("DefaultJob", 10)));
        Write(temporary, "now", "A-report-brief.json", Export(("Job-CCCCCC(Runtime=9)", 10)));
        var report = Comparer.Compare(Path.Combine(temporary.Path, "base"), Path.Combine(temporary.Path, "now"), Options);

        Assert.That(report.Cells.Single().Name, Is.EqualTo("X.A"));
        Assert.That(report.Differences.Single(), Is.EqualTo(new Difference("job", "DefaultJob", "Runtime=9", BreaksComparison: false)));
        Assert.That(report.Remarks, Has.Some.Contains("single launch"));
    }

    [Test]
    public void Compare_NothingMeasured_SaysSo()
    {
        using var temporary = new TemporaryFolder();
        var run = RunFixture.Create(Path.Combine(temporary.Path, "run"), 6, 0.01, 1, manifest => manifest with
        {
            Cells = [.. manifest.Cells.Select(cell => cell with { Status = CellStatus.Failed, Reason = "no" })],
        });

        Assert.That(() => Comparer.Compare(run.Path, run.Path, Options),
            Throws.TypeOf<RunFormatException>().With.Message.Contains("found nothing in it that was measured"));
    }

    [Test]
    public void Compare_CellTwice_SaysSo()
    {
        using var temporary = new TemporaryFolder();
        var run = RunFixture.Create(
            Path.Combine(temporary.Path, "run"), 6, 0.01, 1, manifest => manifest with { Cells = [.. manifest.Cells, manifest.Cells[0]] });

        Assert.That(
            () => Comparer.Compare(run.Path, run.Path, Options), Throws.TypeOf<RunFormatException>().With.Message.Contains("twice"));
    }

    private static void Write(TemporaryFolder folder, string side, string name, string text)
    {
        Directory.CreateDirectory(folder.File(side));
        File.WriteAllText(Path.Combine(folder.File(side), name), text);
    }

    private static string Export(params (string Job, double Ns)[] jobs) => "{\"Benchmarks\":[" + string.Join(',', jobs.Select(job =>
        $"{{\"DisplayInfo\":\"X.A: "
        + $"{job.Job}\",\"Type\":\"X\",\"Method\":\"A\",\"MethodTitle\":\"A\",\"Parameters\":\"\",\"FullName\":\"X.A\","
        + $"\"Statistics\":{{\"OriginalValues\":[{job.Ns}.0,{job.Ns}.1,{job.Ns}.05,{job.Ns}.02,{job.Ns}.07]}}}}")) + "]}";

    private static RunManifest Changed(RunManifest manifest) => manifest with
    {
        Machine = manifest.Machine with { Cpu = "Other CPU", OsVersion = "Test Linux 1.1" },
        Cells = [.. manifest.Cells.Select((cell, i) => i == 1 ? cell with { Threads = 4, Engine = "onnxruntime 1.31.0" } : cell)],
        Models = [manifest.Models[0] with
        {
            Files =
                new Dictionary<string, FileFacts> { ["fp32"] = new(new string('a', 64), 1000), ["fp16"] = new(new string('e', 64), 600) },
        }],
    };
}
