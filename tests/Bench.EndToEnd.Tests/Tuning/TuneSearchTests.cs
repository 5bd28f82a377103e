using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Tuning;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>What a search does with configurations that fail, that take too long, and that are the last of their kind; how good it is,
/// Bench.Simulations shows.</summary>
public class TuneSearchTests
{
    private static readonly TuneSettings Settings = new() { Finalists = 2, RaceRounds = 4, Seed = 7 };

    [Test]
    public void Launches_OfTheSameMeasurements_AreTheSame()
    {
        var (one, other) = (new List<(int, int)>(), new List<(int, int)>());

        Run(Fast(9), Settings, made: one);
        Run(Fast(9), Settings, made: other);

        Assert.That(other, Is.EqualTo(one).And.Not.Empty);
    }

    [Test]
    public void Choose_ConfigurationThatFails_IsDroppedWithTheReason()
    {
        var choice = Run(Fast(5), Settings, fails: candidate => candidate == 4);

        Assert.That(choice.Points[4].Reason, Is.EqualTo("a launch of it failed"));
        Assert.That(choice.Points[4].Launches, Is.Zero);
        Assert.That(choice.Winner!.Cell, Is.EqualTo(Cell(3)));
    }

    /// <summary>Ever dearer ones are dropped, but for the default.</summary>
    [Test]
    public void Choose_DefaultThatIsTheDearest_IsStillThere()
    {
        var choice = Run([1, .. Enumerable.Range(1, 8).Select(i => 0.1 * i)], Settings);

        Assert.That(choice.Winner!.Cell, Is.EqualTo(Cell(1)));
        Assert.That(choice.Default.Cell, Is.EqualTo(Cell(0)));
        Assert.That(choice.Points[0], Has.Property("Reason").Null.And.Property("Stage").EqualTo(TuneStage.Raced));
        Assert.That(choice.Points.Skip(4).Select(point => point.Reason), Is.All.Contains("times the cost of the best then, place "));
    }

    /// <summary>The last of an engine, or of a precision, stays until it is shown to be worse: one launch shows nothing.</summary>
    [Test]
    public void Launches_LastOfItsEngine_HasMoreThanOneLaunch()
    {
        var candidates = Candidates(9);
        candidates[8] = new TuneCandidate(CellId.Parse("m/openvino-cpu/fp32/linux-x64"), false);
        var launches = new List<(int Candidate, int Round)>();

        var choice = Run([.. Enumerable.Range(1, 8).Select(i => (double)i), 100], Settings, candidates, made: launches);

        Assert.That(launches.Count(launch => launch.Candidate == 8), Is.GreaterThan(1));
        Assert.That(choice.Points[8].Reason, Is.Not.Null, "and leaves when it is");
    }

    [Test]
    public void Choose_EquallyGood_IsTheSimplest()
    {
        var choice = Run([1, 0.5, 0.5001, 0.4999], new TuneSettings { RaceRounds = 6 });

        Assert.That(choice.Winner!.Cell, Is.EqualTo(Cell(1)), "the smallest batch");
        Assert.That(choice.Points.Where(point => point.IsEquallyGood), Is.Empty, "without noise all are told apart");
    }

    [Test]
    public void Choose_CheapestThatTakesTooLong_IsNotChosen()
    {
        // The larger the batch, the cheaper and the slower.
        var choice = Run([4, 3, 2, 1], Settings with { LimitMs = 10 }, latency: candidate => 4 + (3 * candidate));

        Assert.That(choice.Winner!.Cell, Is.EqualTo(Cell(2)));
        Assert.That(choice.Points[3].Reason, Is.EqualTo("it takes longer than the limit: 13 of 10 ms"));
    }

    [Test]
    public void Choose_NothingWithinTheLimit_IsNothing()
    {
        var choice = Run([4, 3, 2], Settings with { LimitMs = 1 }, latency: candidate => 4 + candidate);

        Assert.That(choice.Winner, Is.Null);
        Assert.That(choice.Confirmed, Is.Empty);
    }

    /// <summary>What was dropped for its cost is taken back where nothing cheaper is within the limit: "nothing meets it" would not be
    /// true.</summary>
    [Test]
    public void Choose_CheapOnesThatAreALittleOverTheLimit_TakesBackADearerOneWithinIt()
    {
        // The first four are cheap and 10 % over, which one launch does not show; the last four are dearer, and within it.
        var choice = Run(
            [1, 0.9, 0.8, 0.7, 3, 3.1, 3.2, 3.3], Settings with { LimitMs = 10 }, latency: candidate => candidate < 4 ? 11 : 9);

        Assert.That(choice.Winner!.Cell, Is.EqualTo(Cell(4)), "the cheapest within it");
        Assert.That(choice.Points[4].Reason, Is.Null);
    }

    [Test]
    public void Launches_Exhaustive_DropsNothingThatWorks()
    {
        var launches = new List<(int Candidate, int Round)>();

        Run([4, 3, 2, 1], (Settings with { LimitMs = 1 }).Exhaustive(5), latency: candidate => 4 + candidate, made: launches);

        Assert.That(launches.CountBy(launch => launch.Candidate).Select(count => count.Value), Is.EqualTo([5, 5, 5, 5]));
    }

    [Test]
    public void Launches_ExhaustiveOfOne_AreMade()
    {
        var launches = new List<(int, int)>();

        Run([4], Settings.Exhaustive(5), made: launches);

        Assert.That(launches, Has.Count.EqualTo(5));
    }

    /// <summary>An engine whose build dies after a minute has taken a minute of the search.</summary>
    [Test]
    public void Tell_LaunchThatFails_TakesItsTime()
    {
        var launches = new List<(int, int)>();

        Run(Fast(20), Settings with { SearchSeconds = 10 }, fails: candidate => candidate > 10, made: launches);

        Assert.That(launches, Has.Count.EqualTo(20));
    }

    [Test]
    public void Launches_TimeThatIsOver_EndsAfterALookAtAll()
    {
        var launches = new List<(int, int)>();

        Run(Fast(20), Settings with { SearchSeconds = 10 }, made: launches);

        Assert.That(launches, Has.Count.EqualTo(20), "a launch takes a second here");
    }

    /// <summary>What is said to be left of a search is not more than its time allows.</summary>
    [Test]
    public void Expected_TimeThatEndsBeforeThePlan_IsWhatTimeAllows()
    {
        var search = new TuneSearch(Candidates(20), Settings with { SearchSeconds = 40 });
        var expected = new List<int>();
        foreach (var (candidate, round) in search.Launches())
        {
            expected.Add(search.Expected);
            search.Tell(candidate, round, new TuneValue(candidate + 1, null), seconds: 1);
        }

        Assert.That(expected[0], Is.EqualTo(TunePlan.Launches(20, Settings)), "before anything is known");
        Assert.That(expected.Skip(1), Is.All.EqualTo(40));
        Assert.That(expected, Has.Count.EqualTo(40));
    }

    [TestCase(64, 240)]
    [TestCase(8, 112)]
    [TestCase(2, 28)]
    public void Planned_ConfigurationsOfADefaultSearch_AreSoManyLaunches(int count, int launches) =>
        Assert.That(TunePlan.Launches(count, new TuneSettings()), Is.EqualTo(launches));

    private static double[] Fast(int count) => [.. Enumerable.Range(0, count).Select(i => 1.0 / (i + 1))];

    private static TuneChoice Run(
        double[] costs, TuneSettings settings, TuneCandidate[]? candidates = null, Predicate<int>? fails = null,
        Func<int, double>? latency = null, List<(int, int)>? made = null)
    {
        var search = new TuneSearch(candidates ?? Candidates(costs.Length), settings);
        foreach (var (candidate, round) in search.Launches())
        {
            made?.Add((candidate, round));
            // Rounds differ, all configurations alike.
            var value = new TuneValue(costs[candidate] * (1 + (0.1 * round)), latency?.Invoke(candidate));
            search.Tell(candidate, round, fails?.Invoke(candidate) == true ? null : value, seconds: 1);
        }

        return search.Choose();
    }

    private static TuneCandidate[] Candidates(int count) => [.. Enumerable.Range(0, count).Select(i => new TuneCandidate(Cell(i), i == 0))];

    private static CellId Cell(int batch) => CellId.Parse(
        batch == 0 ? "m/ort-cpu/fp32/linux-x64" : FormattableString.Invariant($"m/ort-cpu+batch={batch + 1}/fp32/linux-x64"));
}
