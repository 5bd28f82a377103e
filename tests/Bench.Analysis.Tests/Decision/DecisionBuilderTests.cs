using Bench.Analysis.Cost;
using Bench.Analysis.Decision;
using Bench.Analysis.Measurements;
using Bench.Analysis.Reports;
using Bench.Analysis.Runs;
using Bench.Analysis.Tests.Runs;

namespace Bench.Analysis.Tests.Decision;

public partial class DecisionBuilderTests
{
    private static readonly RunPrice Prices = new(PriceCatalogue.BuiltIn());
    private static readonly DecisionOptions Any =
        new() { MaxAccuracyDrop = double.PositiveInfinity, MinEquivalence = OutputRequirement.Any };
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Markdown_TwoMachines_IsTheGoldenOne() =>
        Golden.Match(
            MarkdownDecision.Write(TwoMachines(), CostModel.Runtime), "tests", "Bench.Analysis.Tests", "Data", "golden", "decision.md");

    [Test]
    public void Json_TwoMachines_IsTheGoldenOne() =>
        Golden.Match(JsonDecision.Write(TwoMachines()), "tests", "Bench.Analysis.Tests", "Data", "golden", "decision.json");

    [TestCase(LatencyQuantile.P90)]
    [TestCase(LatencyQuantile.P99)]
    public void Build_TooFewIterationsForTheQuantile_IsUndecidedAndNeverTheMean(LatencyQuantile quantile)
    {
        // Eight launches of 100 iterations carry a P90, and not a P99.
        var decision = DecisionBuilder.Build(
            [RunFixture.Create(_folder.File("eight"), 8, 0.01, 1)], Prices, Any with { Quantile = quantile, LimitMs = 1000 }).Single();

        var expected = quantile == LatencyQuantile.P90 ? DecisionOutcome.Chosen : DecisionOutcome.Undecided;
        Assert.That(decision.Outcome, Is.EqualTo(expected));
        Assert.That(decision.Candidates[0].Latency.UpperMs is null, Is.EqualTo(quantile == LatencyQuantile.P99));
        Assert.That(decision.Candidates[0].ProbabilityCheapest is null, Is.EqualTo(quantile == LatencyQuantile.P99));
        Assert.That(decision.Candidates[0].Latency.Remark, quantile == LatencyQuantile.P90
            ? Is.Null
            : Does.Contain("not enough launches: 8 launches of 800 iterations in all do not bound P99"));
    }

    [Test]
    public void Build_ReportAndDecision_EstimateEachCellOnce()
    {
        var read = DecisionBuilder.Read([Run(1)], Prices, Any);
        var report = ReportBuilder.Build(read, CostModel.Runtime);
        _ = DecisionBuilder.Build(read, report.Models, Any with { LimitMs = 8, Quantile = LatencyQuantile.P90 });

        Assert.That(read.Single().Measured.Estimates, Is.EqualTo(3));
    }

    [Test]
    public void Build_OneLaunch_IsUndecided()
    {
        var run = RunFixture.Create(_folder.File("one"), 1, 0.5, 1);

        Assert.That(
            DecisionBuilder.Build([run], Prices, Any with { LimitMs = 1000 }).Single().Outcome, Is.EqualTo(DecisionOutcome.Undecided));
        Assert.That(DecisionBuilder.Build([run], Prices, Any).Single().Choice?.ProbabilityCheapest, Is.Null);
    }

    /// <summary>A run that was stopped early: the last launches of some cells are missing.</summary>
    [Test]
    public void Build_AnotherCellLacksALaunch_LeavesTheChanceOfTheOthersKnown()
    {
        var run = RunFixture.Create(_folder.File("three"), 3, 0.1, 1, manifest => manifest with
        {
            Cells = [.. manifest.Cells.Select(cell => cell.Backend.ToString() == "ort-cpu-unoptimized"
                ? cell with { Launches = [.. cell.Launches.Take(2)], Iterations = 200, TaskMetric = null } : cell)],
        });

        var decision = DecisionBuilder.Build([run], Prices, new DecisionOptions()).Single();

        Assert.That(decision.Candidates.Single(judged => judged.Cell.Cell.Backend.Name == "ort-cpu-unoptimized").Objections, Is.Not.Empty);
        Assert.That(decision.Choice!.ProbabilityCheapest, Is.Not.Null);
    }

    [Test]
    public void Build_RunWithoutTheReference_IsComparedWithThatOfAnotherRun()
    {
        var other = Run(2, manifest => manifest with
        {
            Machine = manifest.Machine with { Name = "otherbox" },
            Cells = [.. manifest.Cells.Where(cell => cell.Backend.ToString() != "ort-cpu" || cell.Precision != "fp32")],
        });

        var candidates = DecisionBuilder.Build([Run(1), other], Prices, Any).Single().Candidates;

        Assert.That(candidates.Where(candidate => candidate.Run == other.ReadManifest().Id).Select(candidate => candidate.MetricChange),
            Is.EquivalentTo([-0.125, 0.0]));
    }

    [Test]
    public void Build_TwoVersionsAndNoReference_DoNotVouchForEachOther()
    {
        // The same cells, but of another engine: the first version is only what the second is compared with.
        var run = Run(1, manifest => manifest with
        {
            Cells = [.. manifest.Cells.Where(cell => cell.Status == CellStatus.Measured && cell.Precision == "fp32")],
        });
        RunFixture.Rename(run, (0, "tiny/ort-tensorrt@10.0/fp32/linux-x64"), (2, "tiny/ort-tensorrt@10.1/fp32/linux-x64"));

        var candidates = DecisionBuilder.Build([run], Prices, new DecisionOptions { MinEquivalence = OutputRequirement.Identical })
            .Single().Candidates;

        Assert.That(candidates, Has.Count.EqualTo(2));
        Assert.That(candidates, Has.All.Matches<JudgedCandidate>(
            candidate => candidate is { MetricChange: null, Outputs: "not compared", IsAcceptable: false }));
    }

    [Test]
    public void Build_LatestOfTwoMachinesOfOneName_KeepsBoth()
    {
        var other = Run(2, manifest => manifest with
        {
            StartedUtc = manifest.StartedUtc.AddDays(1),
            UsdPerHour = 7,
            Machine = manifest.Machine with { Cpu = "Another CPU" },
        });

        Assert.That(DecisionBuilder.Build([Run(1), other], Prices, Any with { LatestOnly = true })
            .Single().Candidates.Select(candidate => candidate.Run).Distinct(), Has.Exactly(2).Items);
    }

    [Test]
    public void Build_LatestCouldNotMeasureACell_KeepsTheOlderOne()
    {
        var later = Run(2, manifest => manifest with
        {
            StartedUtc = manifest.StartedUtc.AddDays(1),
            Cells = [.. manifest.Cells.Select((cell, i) => i == 1
                ? cell with { Status = CellStatus.Failed, Reason = "crashed" }
                : i == 2 ? cell with { NotComparable = "imitated" } : cell)],
        });
        var older = Run(1, manifest => manifest with { Complete = true });

        var candidates = DecisionBuilder.Build([later, older], Prices, Any with { LatestOnly = true }).Single().Candidates;

        Assert.That(candidates.Select(candidate => (candidate.Cell.Cell, candidate.Run[^1])),
            Is.EquivalentTo([(RunFixture.IdOf(0), '2'), (RunFixture.IdOf(1), '1'), (RunFixture.IdOf(2), '1')]));
    }

    [Test]
    public void Build_OlderRunThatIsWhollyReplaced_NeedNotBeComplete()
    {
        var older = Run(1, manifest => manifest with { Complete = false, UsdPerHour = null, Cells = [.. manifest.Cells.Take(1)] });
        var later = Run(2, manifest => manifest with { StartedUtc = manifest.StartedUtc.AddDays(1) });

        Assert.That(
            DecisionBuilder.Build([older, later], Prices, Any with { LatestOnly = true }).Single().Candidates, Has.Count.EqualTo(3));
    }

    /// <summary>Pairing launches of different rounds would make noise of what the cells have in common.</summary>
    [Test]
    public void Build_RoundThatOneCellLacks_IsLeftOutOfTheDraws()
    {
        RunManifest Without(RunManifest manifest, int round) => manifest with
        {
            Cells = [.. manifest.Cells.Select((cell, i) => i == 1 && cell.Status == CellStatus.Measured
                ? cell with { Launches = [.. cell.Launches.Where(launch => launch.Round != round)], Iterations = cell.Iterations - 100 }
                : cell)],
        };

        // Eight launches, each slower than the one before: fp16 is 1 ms faster than fp32 in every round, and the rounds span 7 ms.
        var run = RunFixture.Create(_folder.File("rounds"), 8, 1, 1, manifest => Without(Named(manifest, 1), 8));

        Assert.That(DecisionBuilder.Build([run], Prices, Any).Single().Choice,
            Has.Property("Cell").EqualTo(new MeasurementId(RunFixture.IdOf(1), Load.Closed)).And.Property("ProbabilityCheapest")
                .EqualTo(1.0));
    }

    [Test]
    public void Build_StartsThatNobodyKnows_LeaveTheCellOut()
    {
        var decision = DecisionBuilder.Build(
            [Run(1, Published)], Prices, Any with { Cost = new CostModel { ImagesPerStart = 10 } }).Single();

        Assert.That(decision.Candidates, Is.Empty);
        Assert.That(decision.Remarks, Has.Some.Contains("how long a start takes is not known"));
    }

    [Test]
    public void Build_FailedCell_IsRemarkedOn() =>
        Assert.That(DecisionBuilder.Build([Run(1)], Prices, Any).Single().Remarks,
            Has.One.Contains("was not measured and could be cheaper: the benchmark process ended with exit code 139"));

    [Test]
    public void Build_FiguresOfAnotherModel_AreRemarkedOn()
    {
        var published = Run(2, manifest => Published(manifest) with
        {
            Machine = manifest.Machine with { Name = "elsewhere" },
            Models = [manifest.Models[0] with { Files = new Dictionary<string, FileFacts>() }],
        });

        Assert.That(DecisionBuilder.Build([Run(1), published], Prices, Any).Single().Remarks,
            Has.One.Contains("whether it is the same network is not known").And.One.Contains("different profiles"));
    }

    [Test]
    public void Markdown_PrintedThreshold_SufficesWhenTypedBack()
    {
        var decision = DecisionBuilder.Build([Run(1)], Prices, Any).Single();
        var text = MarkdownDecision.Write([decision], CostModel.Runtime);

        var printed = double.Parse(System.Text.RegularExpressions.Regex.Match(text, @"from ([0-9.]+) ms").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(
            DecisionBuilder.Build([Run(1)], Prices, Any with { LimitMs = printed }).Single().Outcome, Is.EqualTo(DecisionOutcome.Chosen));
    }

    /// <summary>A slow cheap machine with a known price, and one that is 1.4 times faster and rented out by several providers.</summary>
    private IReadOnlyList<ModelDecision> TwoMachines()
    {
        var fast = RunFixture.Create(_folder.File("fast"), 6, 0.02, 1 / 1.4, manifest => Named(manifest, 2) with
        {
            UsdPerHour = null,
            Hardware = "rented",
            Machine = manifest.Machine with { Name = "cloud", Cpu = "Fast CPU 5.0" },
        });
        var slow = RunFixture.Create(_folder.File("slow"), 6, 0.02, 1, manifest => Named(manifest, 1) with { UsdPerHour = 0.2 });
        var prices = PriceCatalogue.Parse(
            "hardware,kind,name,patterns,vcpu,memory_gib,gpus,year\nrented,cpu,Rented,Rented,2,16,0,2025\n"
            + "hardware,provider,instance,region,usd_per_hour,purchase,all_in,devices,retrieved,source\n"
            + "rented,P,i,r,0.3,on-demand,yes,1,2026-01-01,s\nrented,Q,i,r,0.35,on-demand,yes,1,2026-01-01,s\n"
            + "rented,R,i,r,0.25,on-demand,yes,1,2026-01-01,s\n",
            "test");
        return DecisionBuilder.Build([slow, fast], new RunPrice(prices), new DecisionOptions { LimitMs = 8 });
    }

    private RunFolder Run(int number, Func<RunManifest, RunManifest>? change = null) =>
        RunFixture.Create(_folder.File($"run{number}"), 2, 0.5, 1, manifest => (change ?? (same => same))(Named(manifest, number)));

    private static RunManifest Published(RunManifest manifest) => manifest with
    {
        Profile = "published",
        Published = new PublishedSource("somebody", null),
        Cells = [.. manifest.Cells.Take(1).Select(cell => cell with
        {
            Status = CellStatus.Published,
            Launches = [],
            Iterations = 0,
            TaskMetric = null,
            Outputs = null,
            Published = new PublishedFigures(5, 0),
        })],
    };

    private static RunManifest Named(RunManifest manifest, int number) => manifest with { Id = $"20260102-030405-testbox-000000{number}" };
}
