using Bench.Models.Data;

namespace Bench.Benchmarks.Scheduling;

/// <summary>The order of launches: every cell once in each round, in rows of Williams designs that a seed has shuffled.</summary>
/// <remarks>
/// In a Williams design every cell follows every other one equally often, and stands equally often in every place, so that neither what a
/// neighbour leaves behind (heat, caches) nor slow drift of the machine falls on one cell alone. It takes as many rows as there are cells,
/// or twice as many where their number is odd; a run of fewer rounds has some of them. E. J. Williams, Experimental designs balanced for
/// the estimation of residual effects of treatments, https://doi.org/10.1071/CH9490149.
/// </remarks>
internal static class LaunchOrder
{
    // Of random orders of rows about every third has no repetition, of odd designs every seventh; with two cells there is none.
    private const int Attempts = 1000;

    /// <param name="cells">How many cells there are.</param>
    /// <param name="rounds">How many launches each has.</param>
    /// <param name="seed">Decides which cell is which in the design, and the order of its rows.</param>
    /// <returns>For each round the cells' indices, in the order of their launches.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Create(int cells, int rounds, ulong seed)
    {
        var random = new SeededRandom(seed);
        var order = new List<IReadOnlyList<int>>(rounds);
        while (order.Count < rounds && cells > 0)
        {
            var names = Enumerable.Range(0, cells).ToArray();
            random.Shuffle(names);
            var rows = Williams(cells).Select(row => Array.ConvertAll(row, place => names[place])).ToArray();
            order.AddRange(WithoutRepetition(rows, order.Count == 0 ? null : order[^1][^1], random).Take(rounds - order.Count));
        }

        return order;
    }

    /// <returns>The rows in a random order in which none begins with the cell that the one before it ends with,
    /// if that can be found.</returns>
    private static int[][] WithoutRepetition(int[][] rows, int? last, SeededRandom random)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            random.Shuffle(rows);
            if (rows[0][0] != last && rows.Zip(rows.Skip(1)).All(pair => pair.First[^1] != pair.Second[0]))
            {
                break;
            }
        }

        return rows;
    }

    /// <returns>The rows of the design: for an even number a square, for an odd one two of them, the second in reverse.</returns>
    private static IEnumerable<int[]> Williams(int cells)
    {
        // 0, n-1, 1, n-2, 2, …: neighbours differ by every number once.
        var first = Enumerable.Range(0, cells).Select(place => place % 2 == 0 ? place / 2 : cells - ((place + 1) / 2)).ToArray();
        for (var row = 0; row < cells; row++)
        {
            yield return Array.ConvertAll(first, cell => (cell + row) % cells);
        }

        for (var row = 0; cells % 2 == 1 && cells > 1 && row < cells; row++)
        {
            yield return [.. first.Reverse().Select(cell => (cell + row) % cells)];
        }
    }
}
