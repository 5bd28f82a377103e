using Bench.Analysis.Measurements;
using Bench.Analysis.Runs;
using Bench.Benchmarks.Scheduling;
using Bench.Benchmarks.Tuning;

namespace Bench.EndToEnd.Tests.Tuning;

/// <summary>A search that was stopped asks for the launches it would have asked for.</summary>
public class TunePolicyTests
{
    private const int Failing = 3;

    private static readonly IReadOnlyList<TuneCandidate> Candidates =
    [
        .. Enumerable.Range(1, 9).Select(streams => new TuneCandidate(
            CellId.Parse(streams == 1 ? "m/ort-cpu/fp32/linux-x64" : $"m/ort-cpu+streams={streams}/fp32/linux-x64"), streams == 1)),
    ];

    private TemporaryFolder _folder = null!;

    private LaunchFolder Launches => new RunFolder(_folder.Path).Launches;

    [SetUp]
    public void Create()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(Launches.Path);
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(20)]
    public void Launches_StoppedAndGoneOn_AreThoseOfASearchWithoutAStop(int stopsAfter)
    {
        var whole = Make(int.MaxValue);
        Directory.Delete(Launches.Path, recursive: true);
        Directory.CreateDirectory(Launches.Path);

        var before = Make(stopsAfter);
        var after = Make(int.MaxValue);

        Assert.That(before, Is.EqualTo(whole.Take(stopsAfter)));
        Assert.That(before.Concat(after), Is.EqualTo(whole));
        Assert.That(whole.Count(name => name.Cell.Equals(Candidates[Failing].Cell)), Is.EqualTo(1), "what failed is not tried again");
    }

    /// <returns>The launches that were made now.</returns>
    private List<LaunchName> Make(int most)
    {
        var history = LaunchHistory.Read(Launches, keepsFailures: true);
        var search = new TuneSearch(Candidates, new TuneSettings { Finalists = 2, RaceRounds = 4, Seed = 7 });
        var made = new List<LaunchName>();
        foreach (var name in new TunePolicy(search, Candidates, Launches, _ => 1, latency: null).Launches(history))
        {
            if (Launches.Read(name) is not null)
            {
                continue;
            }

            if (made.Count == most)
            {
                break;
            }

            made.Add(name);
            Measure(name, history);
        }

        return made;
    }

    private void Measure(LaunchName name, LaunchHistory history)
    {
        var place = Candidates.ToList().FindIndex(candidate => candidate.Cell.Equals(name.Cell));
        var record = new LaunchRecord
        {
            Cell = name.Cell,
            Round = name.Round,
            StartedUtc = DateTimeOffset.UnixEpoch,
            EndedUtc = DateTimeOffset.UnixEpoch.AddSeconds(1),
        };
        if (place == Failing)
        {
            Launches.Write(record with { Failure = new LaunchFailure("It gave up.", "System.InvalidOperationException") }, []);
            history.Fail(name.Measurement);
            return;
        }

        var milliseconds = 10 + place;
        Launches.Write(
            record with
            {
                Facts = new LaunchFacts
                {
                    Round = name.Round,
                    LoadMs = 1,
                    FirstInferenceMs = 1,
                    Requests = 2,
                    GcCollections = 0,
                    AllocatedBytesPerInference = 0,
                },
                Session = new SessionRecord(),
            },
            [milliseconds, milliseconds]);
        history.Add(name, milliseconds);
    }
}
