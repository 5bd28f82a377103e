using Bench.Analysis.Runs;
using Bench.Benchmarks.Launches;

namespace Bench.EndToEnd.Tests.Launches;

/// <summary>Which images of a run are in which request of which stream of which launch.</summary>
public class ImageShareTests
{
    [Test]
    public void ImagesOf_AllLaunchesAndStreams_HaveEveryImageOfEveryShare(
        [Values(1, 4, 7, 40, 1000)] int evaluated, [Values(1, 3, 5)] int launches, [Values(1, 4, 32)] int batch,
        [Values(1, 2, 7)] int streams)
    {
        var plan = Plan(launches);
        var seen = new HashSet<int>();
        for (var round = 1; round <= launches; round++)
        {
            var share = ImageShare.Of(evaluated, plan, round);
            int[][] requests = [.. Enumerable.Range(0, share.Requests(batch)).Select(request => share.ImagesOf(request, batch))];
            int[][] ofStreams = [.. Enumerable.Range(0, streams).SelectMany(stream =>
                requests.Where((_, request) => request % streams == stream))];

            Assert.That(ofStreams, Has.Length.EqualTo(requests.Length));
            Assert.That(requests.SelectMany(images => images).Take(share.Images.Count()), Is.EqualTo(share.Images),
                "in their order, each once, before any other");
            Assert.That(requests, Has.All.Length.EqualTo(batch));
            Assert.That(share.Images.All(seen.Add), "no image is in two shares");
        }

        Assert.That(seen, Is.EquivalentTo(Enumerable.Range(0, evaluated)));
    }

    [Test]
    public void ImagesOf_RequestOfFewerThanThereAre_HasDifferentImages([Values(1, 2, 8, 40)] int batch)
    {
        var share = ImageShare.Of(40, Plan(3), round: 2);

        Assert.That(Enumerable.Range(0, 100).Select(request => share.ImagesOf(request, batch)),
            Has.All.Matches<int[]>(images => images!.Distinct().Count() == batch));
    }

    [Test]
    public void ImagesOf_RequestOfMoreThanThereAre_HasThemAgain()
    {
        var share = ImageShare.Of(3, Plan(1), round: 1);

        Assert.That(share.Requests(8), Is.EqualTo(1));
        Assert.That(share.ImagesOf(0, 8).GroupBy(image => image).Select(same => same.Count()), Is.EquivalentTo([3, 3, 2]));
    }

    [Test]
    public void Of_RoundAfterTheLastShare_BeginsAgain() =>
        Assert.That(ImageShare.Of(40, Plan(3), 5).Images, Is.EqualTo(ImageShare.Of(40, Plan(3), 2).Images));

    [Test]
    public void Of_MoreLaunchesThanImages_LeavesSomeWithoutAny()
    {
        var shares = Enumerable.Range(1, 5).Select(round => ImageShare.Of(2, Plan(5), round)).ToList();

        Assert.That(shares.Select(share => share.Images.Count()).Order(), Is.EqualTo([0, 0, 0, 1, 1]));
        Assert.That(shares.Select(share => share.Requests(4)), Has.All.LessThanOrEqualTo(1));
        Assert.That(shares.Select(share => share.ImagesOf(0, 4)), Has.All.Length.EqualTo(4), "to be timed all the same");
    }

    internal static LaunchPlan Plan(int launches) => new()
    {
        RunPath = string.Empty,
        CancelFile = string.Empty,
        Seed = 1910,
        Measuring = new MeasuringPlan
        {
            Rounds = launches,
            Shares = launches,
            WarmupRequests = 1,
            WarmupSeconds = 0,
            Requests = 1,
            DeviceSeconds = 0,
        },
        PoolBytes = 0,
        Cache = string.Empty,
        Models = new Dictionary<string, PlannedModel>(),
    };
}
