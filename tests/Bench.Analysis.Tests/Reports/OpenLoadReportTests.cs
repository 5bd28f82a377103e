using Bench.Analysis.Cost;
using Bench.Analysis.Reports;
using Bench.Analysis.Rows;
using Bench.Analysis.Runs;
using Bench.Analysis.Statistics.Queueing;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Reports;

/// <summary>What a report says of requests that arrive at a rate.</summary>
public class OpenLoadReportTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Write_OpenLoads_IsAsStored()
    {
        var text = MarkdownReport.Write(Report(OpenLoadFixture.Create(_folder.Path)));

        Golden.Match(text[..text.IndexOf("## How to read it", StringComparison.Ordinal)],
            "tests", "Bench.Analysis.Tests", "Data", "golden", "report-open-loads.md");
    }

    [Test]
    public void Build_OverloadedLoad_HasNoThroughputNoCostAndNoMark()
    {
        var report = Report(OpenLoadFixture.Create(_folder.Path));
        var row = Row(report, 150);

        Assert.That((row.Throughput, row.Cost, row.HasComparableTime), Is.EqualTo(((object?)null, (object?)null, false)));
        Assert.That(row.Open!.Verdict, Is.EqualTo(LateVerdict.Missed));
        Assert.That(JsonReport.Write(report), Is.Not.Empty);
    }

    [Test]
    public void Build_LoadWithoutAnswersInTime_HasNoThroughput()
    {
        var folder = OpenLoadFixture.Create(_folder.Path);
        for (var round = 1; round <= OpenLoadFixture.Rounds; round++)
        {
            OpenLoadFixture.Write(folder, 50, round, OpenLoadFixture.Met(inTime: 0));
        }

        Assert.That(Row(Report(folder), 50).Throughput, Is.Null, "not one answer in all the time");
    }

    [Test]
    public void Build_OpenLoad_IsNotHeldAgainstTheBaseline()
    {
        var folder = OpenLoadFixture.Create(_folder.Path);
        var plan = folder.ReadPlan();
        folder.WriteManifest(plan with
        {
            Cells = [.. plan.Cells, plan.Cells[0] with { Id = Analysis.Measurements.CellId.Parse(LaunchFixture.Baseline) }],
        });
        LaunchFixture.WriteLaunches(folder, LaunchFixture.Baseline, 3, 20);
        var report = Report(folder);

        Assert.That(Row(report, 50).Throughput!.ImagesPerSecond, Is.EqualTo(50).Within(1e-9), "as many as came");
        Assert.That(Row(report, 50).TimeAgainstBaseline, Is.Null, "a machine that waits for requests is not slow");
        Assert.That(Row(report, null).TimeAgainstBaseline, Is.Not.Null);
    }

    [Test]
    public void Build_OneLaunchOfThreeIsOverloaded_ShowsNothing()
    {
        var folder = OpenLoadFixture.Create(_folder.Path);
        OpenLoadFixture.Write(folder, 50, 2, OpenLoadFixture.Overloaded);
        var open = Row(Report(folder), 50).Open!;

        Assert.That(open.Verdict, Is.EqualTo(LateVerdict.Undecided), "the machine may have stood still");
        Assert.That(open.Overload, Is.EqualTo("in 1 of 3 launches, after 3.1 s a request had waited longer than any may"));
    }

    [TestCase(1, LateVerdict.Undecided)]
    [TestCase(2, LateVerdict.Missed)]
    public void Build_AllLaunchesBelowSaturationAreOverloaded_TwoShowIt(int launches, LateVerdict expected)
    {
        var folder = OpenLoadFixture.Create(_folder.Path);
        foreach (var record in Enumerable.Range(1, OpenLoadFixture.Rounds).SelectMany(round => Directory.GetFiles(
                     folder.Launches.Path, $"*~50rps_r{round}.*")))
        {
            File.Delete(record);
        }

        folder.Launches.Write(OpenLoadFixture.Plan(50, launches));
        for (var round = 1; round <= launches; round++)
        {
            OpenLoadFixture.Write(folder, 50, round, OpenLoadFixture.Overloaded);
        }

        LaunchFixture.Complete(folder);
        Assert.That(Row(Report(folder), 50).Open!.Verdict, Is.EqualTo(expected));
    }

    [Test]
    public void Build_LastCycleWasCut_SaysSo()
    {
        var folder = OpenLoadFixture.Create(_folder.Path);
        OpenLoadFixture.Write(folder, 50, 2, OpenLoadFixture.Met(250) with { IsCut = true });

        Assert.That(Row(Report(folder), 50).Warnings,
            Has.Some.StartsWith("in 1 of 3 launches the requests ended before the last busy cycle"));
    }

    [Test]
    public void Build_OpenLoad_MayScatter()
    {
        var report = Report(OpenLoadFixture.Create(_folder.Path));

        Assert.That(Row(report, 50).Warnings, Has.None.Contains("unstable").And.None.Contains("several modes"));
    }

    [Test]
    public void Of_EveryEnd_IsASentence()
    {
        var band = OpenLoadFixture.Band;
        var plan = new MeasuringPlan
        {
            Rounds = 3,
            Shares = 3,
            WarmupRequests = 1,
            WarmupSeconds = 1,
            Requests = 1,
            DeviceSeconds = 1,
            LimitMs = 50,
            Quantile = 0.99,
        };
        RateBand[] bands =
        [
            band,
            band with { End = RateSearchEnd.BudgetEnded, Missed = null },
            band with { End = RateSearchEnd.BudgetEnded, Met = null },
            band with { End = RateSearchEnd.BudgetEnded, Met = null, Missed = null, Trials = [] },
            band with { End = RateSearchEnd.LaunchesEnded, Trials = [band.Trials[0]] },
            band with { End = RateSearchEnd.NothingMet, Met = null, Missed = 1.8 },
            band with { End = RateSearchEnd.NothingMet, Met = null, Missed = null, Remark = "the limit of 50 ms is below the 60 ms." },
            band with { End = RateSearchEnd.NothingMissed, Met = 98, Missed = null },
            band with { End = RateSearchEnd.LaunchFailed, Remark = "a launch at 72 requests a second failed: no memory." },
        ];

        Golden.Match(string.Join('\n', bands.Select(one => BandText.Of(one, plan))) + "\n",
            "tests", "Bench.Analysis.Tests", "Data", "golden", "bands.txt");
    }

    private static Report Report(RunFolder folder) => ReportBuilder.Build([folder], new RunPrice(PriceCatalogue.BuiltIn()));

    private static MeasurementRow Row(Report report, double? rate) =>
        report.Models[0].Rows.Single(row => row.Load?.RequestsPerSecond == rate && row.CellId.Backend.Name == "ort-cpu");
}
