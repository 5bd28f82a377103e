using Bench.Benchmarks.Scheduling;

namespace Bench.EndToEnd.Tests.Scheduling;

public class LaunchOrderTests
{
    [Test]
    public void Create_AnyRound_HasEveryCellOnce([Values(1, 2, 3, 4, 7, 18)] int cells, [Values(1, 5, 40)] int rounds)
    {
        var order = LaunchOrder.Create(cells, rounds, 1910);

        Assert.That(order, Has.Count.EqualTo(rounds));
        Assert.That(order, Has.All.EquivalentTo(Enumerable.Range(0, cells)));
    }

    [Test]
    public void Create_AWholeDesign_EveryCellFollowsEveryOtherAndStandsInEveryPlaceEquallyOften([Values(2, 3, 4, 5, 8, 9)] int cells)
    {
        var rows = cells % 2 == 0 ? cells : 2 * cells;
        var order = LaunchOrder.Create(cells, rows, 7);

        var follows = order.SelectMany(round => round.Zip(round.Skip(1))).CountBy(pair => pair).ToDictionary();
        Assert.That(follows, Has.Count.EqualTo(cells * (cells - 1)));
        Assert.That(follows.Values, Has.All.EqualTo(rows / cells));
        for (var place = 0; place < cells; place++)
        {
            Assert.That(order.CountBy(round => round[place]).Select(count => count.Value), Has.All.EqualTo(rows / cells));
        }
    }

    [Test]
    public void Create_ThreeCellsOrMore_NoneRunsTwiceInARow(
        [Values(3, 4, 6, 18)] int cells, [Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)] int seed)
    {
        var launches = LaunchOrder.Create(cells, 50, (ulong)seed).SelectMany(round => round).ToList();

        Assert.That(launches.Zip(launches.Skip(1)).Where(pair => pair.First == pair.Second), Is.Empty);
    }

    [Test]
    public void Create_Seed_DecidesTheOrder()
    {
        var (first, again) = (LaunchOrder.Create(6, 5, 1), LaunchOrder.Create(6, 5, 1));

        Assert.That(again, Is.EqualTo(first));
        Assert.That(LaunchOrder.Create(6, 5, 1), Is.Not.EqualTo(LaunchOrder.Create(6, 5, 2)));
        Assert.That(LaunchOrder.Create(0, 5, 1), Is.Empty);
    }
}
