using Bench.Analysis.Comparison;
using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Gate;
using Bench.Analysis.Months;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Consoles;

/// <summary>What stands on a console, of committed runs: stored, and never wider than 120 columns.</summary>
public class ConsoleTests
{
    private static readonly string[] Gated = ["20261122-182534-vm-1179016", "20261122-182653-vm-1179016", "20261122-182810-vm-1179016"];
    private const StringSplitOptions SplitOptions = StringSplitOptions.RemoveEmptyEntries;
    private static readonly RunFolder Processor = Committed("20261127-065316-vm-a276ba6");
    private static readonly RunFolder Card = Committed("20261127-063249-vm-a276ba6");

    [Test]
    public void Report_DefaultRun_IsAsStored() => Match(ReportOf(Processor), "run.txt");

    [Test]
    public void Report_RunWithBatches_IsAsStored() => Match(ReportOf(Card), "run-h200.txt");

    [TestCase(null, "decide.txt")]
    [TestCase(20.0, "decide-20ms.txt")]
    public void Decision_ProcessorAndCard_IsAsStored(double? limit, string file) => Match(
        ConsoleDecision.Write(Decide(new DecisionOptions { LimitMs = limit, Quantile = LatencyQuantile.P90, AllowIncomplete = true })),
        file);

    /// <summary>The review's buyer: two million images a month within 20 ms at P99. Eight cards for 730 hours are $46,206.08.</summary>
    [Test]
    public void Month_ReviewsBuyer_IsAsStoredAndRightToTheCent()
    {
        var decisions = Decide(new DecisionOptions { LimitMs = 20, Quantile = LatencyQuantile.P99, AllowIncomplete = true });
        var months = decisions.Select(decision => MonthBuilder.Build(decision, new Demand { ImagesPerMonth = 2e6 })).ToList();

        var text = ConsoleMonth.Write(months);

        Assert.That(Math.Round(63.296m * 730, 2), Is.EqualTo(46_206.08m));
        Assert.That(text, Does.Contain("$46,206.08 a month"));
        Match(text, "month.txt");
        Golden.Match(MarkdownMonth.Write(months), "tests", "Bench.Analysis.Tests", "Data", "golden", "month.md");
    }

    [TestCase(1, "compare-same.txt")]
    [TestCase(2, "compare-slower.txt")]
    public void Comparison_CommittedRuns_IsAsStored(int current, string file) => Match(
        ConsoleComparison.Write(Comparer.Compare(Committed(Gated[0]).Path, Committed(Gated[current]).Path, Control)), file);

    [TestCase(1, "gate-passed.txt")]
    [TestCase(2, "gate-regression.txt")]
    public void Gate_CommittedRuns_IsAsStored(int current, string file) => Match(ConsoleGate.Write(RegressionGate.Check(
        Committed(Gated[0]).Path, Committed(Gated[current]).Path, Control, GateRules.Standard, null)), file);

    [Test]
    public void Prices_BuiltIn_FitsAHundredColumns()
    {
        var text = ConsolePrices.Write(PriceList.Of(PriceCatalogue.BuiltIn(), new DateOnly(2026, 11, 22)));

        Assert.That(text.Split('\n').Max(line => line.Length), Is.AtMost(100));
        Match(text, "prices.txt");
    }

    [TestCase(30, 0.9, "is shown to be met by ort-cpu fp32 (27.57 [26.69, 28.50] ms).")]
    [TestCase(20, 0.9, "is shown to be missed by ort-cpu fp32 (27.57 [26.69, 28.50] ms), ort-cpu fp32 (2 streams) (54.38 [52.22, ")]
    [TestCase(30, 0.99, "is undecided of ort-cpu fp32 (about 31.28 ms)")]
    [TestCase(30, 0.99, "is shown to be missed by ort-cpu fp32 (2 streams) (about 64.07 ms)")]
    [TestCase(30, 0.99, "More launches say more: --launches 20.")]
    public void Report_WithALimit_SaysWhoMeetsIt(double limit, double quantile, string words) => Assert.That(
        string.Join(' ', ReportOf(Processor, limit: new LimitQuestion(limit, quantile)).Split((char[])[' ', '\n'], SplitOptions)),
        Does.Contain(words).And.Contain($"P{100 * quantile} within {limit} ms is "));

    /// <summary>A terminal that is narrower: optional columns go, and no line is wider.</summary>
    [Test]
    public void Write_NarrowTerminal_Fits([Values(100, 80)] int width)
    {
        var decisions = Decide(new DecisionOptions { LimitMs = 20, Quantile = LatencyQuantile.P99, AllowIncomplete = true });
        var gate = RegressionGate.Check(Committed(Gated[0]).Path, Committed(Gated[2]).Path, Control, GateRules.Standard, null);
        string[] texts =
        [
            ReportOf(Processor, width), ReportOf(Card, width), ConsoleDecision.Write(decisions, width),
            ConsoleMonth.Write(
                [.. decisions.Select(decision => MonthBuilder.Build(decision, new Demand { ImagesPerMonth = 2e6 }))], width),
            ConsoleGate.Write(gate, width: width),
            ConsolePrices.Write(PriceList.Of(PriceCatalogue.BuiltIn(), new DateOnly(2026, 11, 22)), width),
        ];

        // One word is never broken, such as the id of a cell with many settings.
        Assert.That(texts.SelectMany(text => text.Split('\n'))
            .Where(line => line.Length > width && line[12..].Contains(' ', StringComparison.Ordinal)), Is.Empty);
        Assert.That(texts[0], Does.Contain("mean ms").And.Contain("$/million").And.Contain("P99"));
    }

    private static ComparisonOptions Control => new() { Control = "*/ort-cpu@*", Price = new RunPrice(PriceCatalogue.BuiltIn()) };

    private static string ReportOf(RunFolder run, int width = 120, LimitQuestion? limit = null)
    {
        var read = DecisionBuilder.Read([run], new RunPrice(PriceCatalogue.BuiltIn()), new DecisionOptions { AllowIncomplete = true });
        var report = ReportBuilder.Build(read, CostModel.Runtime);
        return ConsoleReport.Write(
            report, DecisionBuilder.Build(read, report.Models, new DecisionOptions { AllowIncomplete = true }), "what comes next.", width,
            limit);
    }

    private static IReadOnlyList<ModelDecision> Decide(DecisionOptions options) =>
        DecisionBuilder.Build([Processor, Card], new RunPrice(PriceCatalogue.BuiltIn()), options);

    private static RunFolder Committed(string name) => new(Repository.File("artifacts", "reference", name));

    private static void Match(string text, string file)
    {
        text = text.Replace(Repository.File(), "(checkout)", StringComparison.Ordinal);
        Assert.That(text.Split('\n').Where(line => line.Length > 120), Is.Empty, "120 columns");
        Golden.Match(text, "tests", "Bench.Analysis.Tests", "Data", "golden", "consoles", file);
    }
}
