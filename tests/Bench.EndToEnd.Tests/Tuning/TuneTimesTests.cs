using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Configs;
using Bench.Benchmarks.Host;
using Bench.Benchmarks.Tuning;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>How the time of a search is divided: from what launches took, with what lies between them.</summary>
public class TuneTimesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Next_LaunchesOneAfterTheOther_HaveTheTimeBetweenThem()
    {
        var spans = new LaunchSpans();

        double[] seconds = [.. new[] { (0.0, 3.0), (4.0, 6.0), (6.5, 7.0) }.Select(span => spans.Next(Launch(span.Item1, span.Item2)))];

        Assert.That(seconds, Is.EqualTo([3.0, 3.0, 1.0]).Within(1e-6));
    }

    /// <summary>The night between a stop and going on is not time of the search.</summary>
    [Test]
    public void Next_SearchThatWasStopped_CountsSecondsOfTheNightAlone()
    {
        var spans = new LaunchSpans();
        _ = spans.Next(Launch(0, 3));

        Assert.That(spans.Next(Launch(36_000, 36_002)), Is.EqualTo(7));
    }

    /// <summary>On a device some seconds are timed however quick it is; on the processor requests are counted.</summary>
    [Test]
    public void Launch_OfADevice_TakesItsSecondsAtLeast()
    {
        var plan = Default.Measuring;
        var times = Times(("m/ort-cuda/fp32/linux-x64", 2), ("m/ort-cpu/fp32/linux-x64", 2));

        var (device, processor) = (
            times.Launch(CellId.Parse("m/ort-cuda/fp32/linux-x64"), plan), times.Launch(CellId.Parse("m/ort-cpu/fp32/linux-x64"), plan));

        // 2 s until a process measures, 0.6 to load, a second of warm-up; 141 requests of 2 ms, or 2 s; a fifth more.
        Assert.That(processor, Is.EqualTo(1.2 * (2 + 0.6 + 1 + 0.282)).Within(1e-9));
        Assert.That(device, Is.EqualTo(1.2 * (2 + 0.6 + 1 + 2)).Within(1e-9));
    }

    [Test]
    public void Launch_OfASearch_TakesFewRequestsOfABatch()
    {
        var cell = CellId.Parse("m/ort-cpu+batch=8/fp32/linux-x64");
        var times = Times(("m/ort-cpu/fp32/linux-x64", 50));

        // 0.4 s a request: the warm-up has three of them, and five are timed.
        Assert.That(times.Launch(cell, TuneProfiles.Search(Default).Measuring), Is.EqualTo(1.2 * (2 + 0.6 + 1.2 + 2)).Within(1e-9));
        Assert.That(times.Launch(cell, Default.Measuring), Is.EqualTo(1.2 * (2 + 0.6 + 4 + 8)).Within(1e-9), "ten, and twenty");
    }

    [Test]
    public void Confirmation_OfADefaultThatIsNotTheReference_HasFourConfigurations()
    {
        var times = Times(("m/ort-cuda/fp32/linux-x64", 2), ("m/ort-cpu/fp32/linux-x64", 2));
        CellId[] certain = [CellId.Parse("m/ort-cuda/fp32/linux-x64"), CellId.Parse("m/ort-cpu/fp32/linux-x64")];
        var plan = Default.Measuring with { Rounds = 10 };

        var (least, most) = times.Confirmation(certain, certain, plan, openSeconds: 60);

        var (device, processor) = (times.Launch(certain[0], plan), times.Launch(certain[1], plan));
        Assert.That(least, Is.EqualTo((10 * (device + (3 * processor))) + 120).Within(1e-9), "the processor is quicker here");
        Assert.That(most, Is.EqualTo((10 * ((3 * device) + processor)) + 120).Within(1e-9));
    }

    [Test]
    public void SearchSeconds_OfABudget_AreWhatFreshLaunchesLeave()
    {
        var budget = new TuneBudget(TimeSpan.FromMinutes(5));

        Assert.That(budget.SearchSeconds(TimeSpan.FromSeconds(20), 200), Is.EqualTo(80));
        Assert.That(budget.SearchSeconds(TimeSpan.FromSeconds(20), 400), Is.EqualTo(1), "every configuration has a launch all the same");
    }

    /// <summary>Requests at random moments take as long as the slowest of what was looked at that keeps up; what cannot keep up is not
    /// measured under the rate.</summary>
    [Test]
    public void OpenSeconds_OfSeveral_AreThoseOfTheSlowestThatKeepsUp()
    {
        var rate = new Load(40);
        var looked = Looked(("m/ort-cpu/fp32/linux-x64", 5), ("m/ort-cpu/int8/linux-x64", 2), ("m/openvino-cpu/fp32/linux-x64", 10));
        CellId[] cells = [.. looked.Launches.ReadAll().Select(record => record.Cell)];

        var seconds = TuneTimes.OpenSeconds(looked, cells, rate, Open);

        var planner = new OpenPlanner(looked.Launches, Open);
        var each = cells.ToDictionary(
            cell => cell.ToString(), cell => planner.Plan(new MeasurementId(cell, rate))!.Seconds);
        Assert.That(seconds, Is.EqualTo(each["m/openvino-cpu/fp32/linux-x64"]).And.GreaterThan(each["m/ort-cpu/fp32/linux-x64"]));
    }

    [Test]
    public void OpenSeconds_NothingKeepsUp_AreWhatIsGrantedInAnyCase()
    {
        var looked = Looked(("m/ort-cpu/fp32/linux-x64", 60));

        var seconds = TuneTimes.OpenSeconds(looked, [CellId.Parse("m/ort-cpu/fp32/linux-x64")], new Load(5), Open with { LimitMs = 50 });

        Assert.That(seconds, Is.EqualTo(TuneProfiles.FewestOpenSeconds));
    }

    /// <summary>It was three minutes whatever the rate, so that what needed longer was not measured at all.</summary>
    [TestCase(10, 180)]
    [TestCase(1_000, 1_500)]
    public void OpenBudgetSeconds_OfWhatWasLookedAt_LeaveRoomForWhatIsSlower(double lookedSeconds, double expected) =>
        Assert.That(TuneProfiles.OpenBudgetSeconds(lookedSeconds), Is.EqualTo(expected));

    private static MeasuringPlan Open => TuneProfiles.Confirmation(Default, 8, openSeconds: null).Measuring with
    {
        LimitMs = 500,
        Quantile = 0.9,
    };

    private static Profile Default => Profile.All.First(profile => profile.Name == "default");

    private TuneTimes Times(params (string Cell, double RequestMs)[] launches) => TuneTimes.Of(Looked(launches));

    private RunFolder Looked(params (string Cell, double RequestMs)[] launches)
    {
        var folder = new RunFolder(_folder.Path);
        Directory.CreateDirectory(folder.Launches.Path);
        foreach (var (cell, milliseconds) in launches)
        {
            folder.Launches.Write(Launch(0, 3) with { Cell = CellId.Parse(cell) }, [milliseconds, milliseconds]);
        }

        return folder;
    }

    private static LaunchRecord Launch(double from, double until) => new()
    {
        Cell = CellId.Parse("m/ort-cpu/fp32/linux-x64"),
        Round = 1,
        StartedUtc = Noon.AddSeconds(from),
        EndedUtc = Noon.AddSeconds(until),
        Facts = new LaunchFacts
        {
            Round = 1,
            LoadMs = 300,
            LibraryLoadMs = 100,
            FirstInferenceMs = 200,
            Requests = 2,
            GcCollections = 0,
            AllocatedBytesPerInference = 0,
        },
        Session = new SessionRecord(),
    };
}
