using Bench.Models.Data;

namespace Bench.Simulations.Tuning;

/// <summary>What 64 configurations truly cost, over what the cheapest one does: each replay draws its own.</summary>
internal static class Landscape
{
    public const int Count = 64;

    /// <summary>The names of all landscapes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["all equal", "lognormal, sd 20 %", "eight within 3 %"];

    /// <summary>Draws a landscape.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="random">Draws it.</param>
    public static double[] Draw(string name, SeededRandom random)
    {
        double[] costs = [.. Enumerable.Range(0, Count).Select(i => name switch
        {
            "all equal" => 1,
            "eight within 3 %" => i < 8 ? 1 + (0.03 * i / 7) : random.Between(1.05, 2),
            _ => Math.Exp(0.2 * random.NextNormal()),
        })];
        random.Shuffle(costs);
        var least = costs.Min();
        return Array.ConvertAll(costs, cost => cost / least);
    }
}
