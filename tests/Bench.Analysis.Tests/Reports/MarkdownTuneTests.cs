using System.Text;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;

namespace Bench.Analysis.Tests.Reports;

public class MarkdownTuneTests
{
    private static readonly CellId Standard = CellId.Parse("m/ort-cpu/fp32/linux-x64");
    private static readonly CellId Best = CellId.Parse("m/ort-cpu+streams=2/int8/linux-x64");
    private static readonly CellId Other = CellId.Parse("m/ort-cpu+batch=8+streams=2/int8/linux-x64");

    private static readonly TuneRecord Record = new()
    {
        Outcome = TuneOutcome.Improved,
        Chosen = Best,
        RunnerUp = Other,
        Default = Standard,
        TimesAsCheap = new TuneRatio(2.9, 2.8, 3, 0.95),
        RunnerUpOverBest = new TuneRatio(1.001, 0.99, 1.01, 0.975),
        IsPriced = true,
        Launches = 29,
        Seconds = 61.7,
        Points =
        [
            new TunePoint(Standard, TuneStage.Confirmed, 8, false, new TuneRatio(2.95, 2.7, 3.2, 0.95)),
            new TunePoint(Other, TuneStage.Confirmed, 10, true, new TuneRatio(1.004, 0.98, 1.03, 0.95)),
            new TunePoint(Best, TuneStage.Confirmed, 10, false, new TuneRatio(1, 1, 1, 0.95)),
            new TunePoint(CellId.Parse("m/ort-cpu+batch=2/fp32/linux-x64"), TuneStage.Screened, 1, false, new TuneRatio(3.1),
                "3.10 times the cost of the best then, place 4 of 4"),
            new TunePoint(CellId.Parse("m/ort-cpu/fp16/linux-x64"), TuneStage.Pruned, 0, false, null, "computed in fp32 here"),
        ],
    };

    private static readonly TuneRecord Nothing = Record with
    {
        Outcome = TuneOutcome.NothingMeets,
        Chosen = null,
        TimesAsCheap = null,
        RunnerUp = null,
        RunnerUpOverBest = null,
        LimitMs = 5,
    };

    [Test]
    public void WriteTo_Improvement_IsGolden() => Match("tune-improved.md", Record);

    [Test]
    public void WriteTo_IntervalWithOneInIt_IsNoImprovement() => Match("tune-not-shown.md", Record with
    {
        Outcome = TuneOutcome.NotShown,
        TimesAsCheap = new TuneRatio(1.02, 0.98, 1.06, 0.95),
    });

    [Test]
    public void WriteTo_LimitThatIsMissed_SaysWhyItIsNoImprovement() => Match("tune-missed.md", Record with
    {
        Outcome = TuneOutcome.NotShown,
        LimitMs = 5,
        Quantile = 0.9,
        WhyNot = "it misses P90 within 5 ms in fresh launches",
    });

    [Test]
    public void WriteTo_Default_IsNoImprovementOfItself() => Match("tune-default.md", Record with
    {
        Outcome = TuneOutcome.NotShown,
        Chosen = Standard,
        TimesAsCheap = new TuneRatio(1),
    });

    [Test]
    public void WriteTo_LimitThatNothingMeets_IsGolden() => Match("tune-nothing.md", Nothing);

    [Test]
    public void WriteTo_RateThatNothingKeepsUpWith_IsGolden() => Match("tune-nothing-rate.md", Nothing with { RequestsPerSecond = 500 });

    private static void Match(string golden, TuneRecord record)
    {
        var text = new StringBuilder();

        MarkdownTune.WriteTo(text, record);

        Golden.Match(text.ToString(), "tests", "Bench.Analysis.Tests", "Data", "golden", golden);
    }
}
