using Bench.Models.Data;

namespace Bench.Simulations.Tuning;

/// <summary>What 64 configurations truly cost, over what the cheapest one does.</summary>
internal static class Landscape
{
    public const int Count = 64;

    /// <summary>All landscapes by name; each replay draws its own, and which configuration is the default.</summary>
    public static IReadOnlyDictionary<string, Func<SeededRandom, double[]>> All { get; } = new Dictionary<string, Func<SeededRandom, double[]>>
    {
        ["all equal"] = _ => [.. Enumerable.Repeat(1.0, Count)],
        ["lognormal, sd 20 %"] = random => Shuffled(random, [.. Enumerable.Range(0, Count).Select(_ => Math.Exp(0.2 * random.NextNormal()))]),
        ["eight within 3 %"] = random => Shuffled(random,
            [.. Enumerable.Range(0, Count).Select(i => i < 8 ? 1 + (0.03 * i / 7) : random.Between(1.05, 2))]),
    };

    private static double[] Shuffled(SeededRandom random, double[] costs)
    {
        random.Shuffle(costs);
        var least = costs.Min();
        return Array.ConvertAll(costs, cost => cost / least);
    }
}
