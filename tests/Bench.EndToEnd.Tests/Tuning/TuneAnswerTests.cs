using Bench.Analysis.Consoles;
using Bench.Analysis.Cost;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics;
using Bench.Analysis.Statistics.TwoSamples;
using Bench.Benchmarks.Tuning;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>Every way in which a search can end, in the words that are read then.</summary>
public class TuneAnswerTests
{
    private static readonly Dictionary<CellId, MeasurementRow> Rows = ReportBuilder.Build(
            [new RunFolder(Repository.File("artifacts", "reference", "20261127-065316-vm-a276ba6"))],
            new RunPrice(PriceCatalogue.BuiltIn()))
        .Models.SelectMany(model => model.Rows).ToDictionary(row => row.CellId);

    private static readonly TuneCandidate Standard = Candidate("inceptionv3/ort-cpu/fp32/linux-x64", isDefault: true);
    private static readonly TuneCandidate Streams = Candidate("inceptionv3/ort-cpu+streams=2/fp32/linux-x64");
    private static readonly TuneCandidate Other = Candidate("inceptionv3/ort-cpu+optimisation=extended+streams=2/fp32/linux-x64");

    private static readonly TuneChoice Choice = new(Streams, Other, Standard,
    [
        new TuneStanding(Standard, TuneStage.Confirmed, 11, null),
        new TuneStanding(Streams, TuneStage.Confirmed, 11, null) { Ratio = 1 },
        new TuneStanding(Other, TuneStage.Confirmed, 11, null) { Ratio = 1.004, IsEquallyGood = true },
        new TuneStanding(
            Candidate("inceptionv3/ort-cpu+batch=8/fp32/linux-x64"), TuneStage.Screened, 1,
            "1.40 times the cost of the best then, place 4 of 4")
        {
            Ratio = 1.4,
        },
    ]);

    private static readonly TuneField Field = new([Standard, Streams, Other], [], new Dictionary<(string, string), double>
    {
        [("ort-cpu", "fp32")] = 0.0765,
    });

    [TestCase("improved", 1.02, 1.04)]
    [TestCase("not-shown", 0.99, 1.04)]
    [TestCase("default", 1, 1)]
    public void Write_WithoutALimit_SaysWhatIsShown(string name, double lower, double upper) =>
        Match(name, name == "default" ? Answer(lower, upper) with { Chosen = Standard } : Answer(lower, upper));

    [TestCase("limit-met", true, true)]
    [TestCase("limit-met-by-it-alone", true, false)]
    [TestCase("limit-missed", false, true)]
    [TestCase("limit-undecided", null, true)]
    public void Write_WithALimit_SaysWhetherItIsMet(string name, bool? meets, bool standard) =>
        Match(name, Answer(name.EndsWith("alone", StringComparison.Ordinal) ? 0.9 : 1.02, 1.04) with
        {
            Limit = new TuneLimit(new LimitQuestion(70, 0.9), null, meets, standard),
        });

    /// <summary>More launches would not say it: the reason is why it was not measured.</summary>
    [Test]
    public void Write_RateThatTakesTooLong_SaysWhy() => Match("limit-too-long", Answer(1.02, 1.04) with
    {
        Limit = new TuneLimit(new LimitQuestion(70, 0.99), new Load(20), null, null)
        {
            WhyUndecided = "takes 51.8 minutes (246,000 requests at 80 a second); --budget allows 10.0 minutes. Give it more.",
        },
    });

    [Test]
    public void Write_OutputsThatAreNotAccepted_AreNoImprovement() =>
        Match("outputs", Answer(1.02, 1.04) with { WhyNotAccepted = "accuracy falls by 0.03, more than 0.01" });

    [TestCase("nothing.txt", true, 9.5)]
    [TestCase("nothing-seems.txt", false, 9.5)]
    [TestCase("nothing-failed.txt", false, null)]
    public void Nothing_LimitThatAllMiss_NamesTheQuickest(string golden, bool isShown, double? latency)
    {
        var points = Choice.Points.Select((point, i) => point with { IsShownOver = true, LatencyMs = 8.25 - i }).ToList();
        points[0] = points[0] with { IsShownOver = isShown, IsOver = latency is not null, LatencyMs = latency };

        Golden.Match(TuneAnswer.Nothing("5 ms", Choice with { Winner = null, Points = points }) + "\n", [.. Folder, golden]);
    }

    private static string[] Folder => ["tests", "Bench.EndToEnd.Tests", "Data", "golden", "tune"];

    private static TuneCandidate Candidate(string cell, bool isDefault = false) => new(CellId.Parse(cell), isDefault);

    private static TuneAnswer Answer(double lower, double upper) => new(
        Choice, Field,
        new TuneClaim(false, new RatioEstimate(1.03, new ConfidenceInterval(lower, upper, 0.95)), null),
        Streams, Rows[Streams.Cell], Rows[Standard.Cell]);

    private static void Match(string name, TuneAnswer answer)
    {
        var folder = new TuneFolders(new RunFolder("run"));
        var text = answer.Write(
            new TuneRecord
            {
                Outcome = answer.Outcome,
                Default = Standard.Cell,
                IsPriced = true,
                Launches = 24,
                Seconds = 65.2,
                Points = [.. Choice.Points.Select(point => point.ToPoint())],
            },
            new TuneWritten("public static class TunedSession;\n", "inceptionv3.onnx", null), folder, 100);
        Golden.Match($"{answer.Outcome}: {answer.Title}\n\n{text}".ReplaceLineEndings("\n"), [.. Folder, $"{name}.txt"]);
    }
}
