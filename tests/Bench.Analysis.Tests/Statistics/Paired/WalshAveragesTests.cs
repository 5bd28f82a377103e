using Bench.Analysis.Statistics.Paired;

namespace Bench.Analysis.Tests.Statistics.Paired;

public class WalshAveragesTests
{
    /// <summary>Whatever the values look like, the rank is that of the averages formed one by one.</summary>
    [Test]
    public void WithRank_EveryKindOfValues_IsThatOfAllAveragesFormed([Values] Kind kind, [Values(1, 2, 3, 50, 300)] int count)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(_ => kind switch
        {
            Kind.Continuous => random.NextDouble() - 0.5,
            Kind.Ties => random.Next(5),
            Kind.Equal => 0.1,
            Kind.TwoFarApart => random.Next(2) == 0 ? 1e-300 : 1e300,
            _ => Math.Exp(20 * random.NextDouble()) * (random.Next(2) == 0 ? -1 : 1),
        }).ToArray();
        var halves = values.Select(value => value / 2).ToArray();
        double[] all = [.. halves.SelectMany((half, i) => halves.Skip(i).Select(other => half + other)).Order()];
        var averages = new WalshAverages(values);

        Assert.That(averages.Count, Is.EqualTo(all.Length));
        foreach (var rank in new[] { 1, 2, all.Length / 10, all.Length / 2, (all.Length / 2) + 1, all.Length - 1, all.Length }
            .Where(rank => rank >= 1 && rank <= all.Length))
        {
            Assert.That(averages.WithRank(rank), Is.EqualTo(all[rank - 1]), $"rank {rank}");
        }
    }

    public enum Kind
    {
        Continuous,
        Ties,
        Equal,
        TwoFarApart,
        Skewed,
    }
}
